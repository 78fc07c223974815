import { illegalArgument } from '../errors.ts';
import { Options } from '../wire/options.ts';
import type { AggregationType, Aggregator, Batch } from './aggregation.ts';
import { type BoundField, bindField } from './bound-field.ts';
import { grown } from './growable.ts';
import { missingNumber, SOURCE_MEMBERS, sourceField } from './source-field.ts';
import { readNumbers } from './read-numbers.ts';
import { doubles, type Scratch } from './scratch.ts';
import { TermKeys } from './term-keys.ts';

/** How many values the documents have: equal terms of one document count once, equal numbers each. */
export const valueCount: AggregationType = (body) => {
  const options = new Options('value_count', body, SOURCE_MEMBERS);
  const name = sourceField(options);
  return (context) => new ValueCount(bindField(context, name, 'value_count'), options.value('missing'));
};

class ValueCount implements Aggregator {
  readonly type = 'value_count';
  private readonly bound: BoundField;
  private readonly missing: unknown;
  private readonly terms: TermKeys | undefined;
  private readonly values: Scratch<Float64Array> = doubles();
  private counts: Uint32Array = new Uint32Array(1);

  constructor(bound: BoundField, missing: unknown) {
    this.bound = bound;
    this.missing = missing;
    this.terms = bound.storage === 'terms' ? new TermKeys(bound, missing, undefined) : undefined;
  }

  collect(batch: Batch): void {
    const owners = this.valueOwners(batch);
    this.counts = grown(this.counts, batch.ownerCount);
    if (typeof owners === 'number') this.counts[0]! += owners;
    else for (const owner of owners) this.counts[owner]!++;
  }

  result(owner: number): Record<string, unknown> {
    return { value: this.counts[owner] ?? 0 };
  }

  metric(owner: number, key: string | undefined): number {
    if (key !== undefined && key !== 'value') throw illegalArgument(`Unknown value key [${key}]`);
    return this.counts[owner] ?? 0;
  }

  /** The owner of every value, or how many values there are when all belong to bucket 0. */
  private valueOwners(batch: Batch): Uint32Array | number {
    if (this.terms !== undefined) {
      const { owners, keys } = this.terms.read(batch);
      return owners ?? keys.length;
    }
    const column = batch.view.segment.numbers(this.bound.name);
    const { owners, values } = readNumbers(column, batch, missingNumber(this.bound, this.missing), this.values);
    return owners ?? values.length;
  }
}
