import { Double } from '../wire/json.ts';
import type { Batch } from './aggregation.ts';
import { type BoundField, isWhole } from './bound-field.ts';
import { compact, type Keyed, NONE, withoutRepeats } from './keyed.ts';
import type { KeySource, KeyText } from './key-source.ts';
import { NumberTable } from './number-table.ts';
import { doubles, integers, type Scratch } from './scratch.ts';
import { readNumbers } from './read-numbers.ts';

/** Whole numbers no further apart than this are their own keys: status codes, ports, booleans. */
const NARROW = 1 << 20;

/** Numbers, dates and booleans as keys. */
export class NumberKeys implements KeySource {
  readonly type: 'lterms' | 'dterms';
  readonly keyCount: number;
  private readonly bound: BoundField;
  private readonly missing: number | undefined;
  private readonly accepts: ((value: number) => boolean) | undefined;
  private readonly format: string | undefined;
  /** The value of key 0 when keys are value − minimum; undefined when values are numbered by a table. */
  private readonly minimum: number | undefined;
  private readonly table: NumberTable = new NumberTable();
  private readonly values: Scratch<Float64Array> = doubles();
  private readonly keys: Scratch<Uint32Array> = integers();

  constructor(
    bound: BoundField,
    missing: number | undefined,
    accepts: ((value: number) => boolean) | undefined,
    format?: string,
  ) {
    this.bound = bound;
    this.missing = missing;
    this.accepts = accepts;
    this.format = format;
    this.type = bound.field === undefined || isWhole(bound.field) ? 'lterms' : 'dterms';
    const [minimum, maximum] = this.range();
    const narrow = maximum - minimum < NARROW;
    this.minimum = narrow ? minimum : undefined;
    this.keyCount = narrow ? maximum - minimum + 1 : Infinity;
  }

  read(batch: Batch): Keyed {
    const column = batch.view.segment.numbers(this.bound.name);
    const { documents, owners, values } = readNumbers(column, batch, this.missing, this.values);
    const keys = this.keys.take(values.length);
    if (this.minimum === undefined) this.number(values, keys);
    else subtract(values, this.minimum, keys);
    const keyed = { documents, owners, keys };
    const distinct = column?.offsets === undefined ? keyed : withoutRepeats(keyed);
    return this.accepts === undefined ? distinct : this.filtered(distinct, this.accepts);
  }

  compare(left: number, right: number): number {
    return this.value(left) - this.value(right);
  }

  show(key: number): KeyText {
    const value = this.value(key);
    const text = this.bound.field?.showNumber(value, this.format);
    const shown = this.type === 'dterms' ? new Double(value) : value;
    return text === undefined ? { key: shown } : { key: shown, key_as_string: text };
  }

  private value(key: number): number {
    return this.minimum === undefined ? this.table.value(key) : this.minimum + key;
  }

  private number(values: Float64Array, keys: Uint32Array): void {
    for (let i = 0; i < values.length; i++) keys[i] = this.table.number(values[i]!);
  }

  private filtered(keyed: Keyed, accepts: (value: number) => boolean): Keyed {
    let dropped = 0;
    const keys = keyed.keys.map((key) => {
      if (accepts(this.value(key))) return key;
      dropped++;
      return NONE;
    });
    return compact(keyed, keys, dropped);
  }

  /** The smallest and largest value of all segments; [0, Infinity] when they are not all whole. */
  private range(): readonly [number, number] {
    const columns = this.bound.segments.flatMap((segment) => segment.numbers(this.bound.name) ?? []);
    const ends = columns.flatMap((column) => [column.minimum, column.maximum]);
    if (this.missing !== undefined) ends.push(this.missing);
    const whole =
      this.type === 'lterms' &&
      columns.every((column) => column.scale === 1) &&
      ends.every((end) => Number.isSafeInteger(end));
    return whole && ends.length > 0 ? [Math.min(...ends), Math.max(...ends)] : [0, Infinity];
  }
}

function subtract(values: Float64Array, minimum: number, keys: Uint32Array): void {
  for (let i = 0; i < values.length; i++) keys[i] = values[i]! - minimum;
}
