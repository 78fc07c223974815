import type { BoundField } from './bound-field.ts';
import type { Batch } from './aggregation.ts';
import { type GlobalTerms, globalTerms } from './global-terms.ts';
import type { KeySource, KeyText } from './key-source.ts';
import { type Keyed, NONE } from './keyed.ts';
import { perSegment } from './per-segment.ts';
import { integers, type Scratch } from './scratch.ts';
import { readTerms } from './read-terms.ts';
import { asText } from '../wire/as-text.ts';

/** Keywords and addresses as keys: a key is the term's global number; one past the last is the value that stands in for none. */
export class TermKeys implements KeySource {
  readonly type = 'sterms';
  readonly keyCount: number;
  private readonly bound: BoundField;
  private readonly terms: GlobalTerms;
  private readonly accepts: ((term: string) => boolean) | undefined;
  /** What a document without a value gets: its key, text, and rank among the terms. */
  private readonly missing: { readonly key: number; readonly text: string; readonly rank: number } | undefined;
  private accepted: Uint8Array | undefined;
  private readonly keys: Scratch<Uint32Array> = integers();
  private readonly table: (view: Batch['view']) => Uint32Array = perSegment(({ segment }) =>
    this.ownTable(this.terms.table(segment) ?? new Uint32Array([NONE])),
  );

  constructor(bound: BoundField, missing: unknown, accepts: ((term: string) => boolean) | undefined) {
    this.bound = bound;
    this.terms = globalTerms(bound.segments, bound.name);
    this.accepts = accepts;
    this.missing = missing === undefined ? undefined : this.standIn(missing);
    this.keyCount = this.terms.size + 1;
  }

  read(batch: Batch): Keyed {
    return readTerms(batch.view.segment.terms(this.bound.name), this.table(batch.view), batch, this.keys);
  }

  compare(left: number, right: number): number {
    return this.rank(left) - this.rank(right);
  }

  show(key: number): KeyText {
    return { key: this.text(key) };
  }

  private ownTable(shared: Uint32Array): Uint32Array {
    if (this.missing === undefined && this.accepts === undefined) return shared;
    const table = shared.slice();
    if (this.missing !== undefined) table[0] = this.missing.key;
    if (this.accepts === undefined) return table;
    return table.map((key) => (key !== NONE && this.isAccepted(key) ? key : NONE));
  }

  /** Asks for each term once: 1 is yes, 2 is no. */
  private isAccepted(key: number): boolean {
    this.accepted ??= new Uint8Array(this.keyCount);
    this.accepted[key] ||= this.accepts!(this.text(key)) ? 1 : 2;
    return this.accepted[key] === 1;
  }

  private text(key: number): string {
    if (key === this.missing?.key) return this.missing.text;
    const bytes = this.terms.bytes(key);
    return this.bound.field?.showTerm(bytes) ?? Buffer.from(bytes).toString();
  }

  private rank(key: number): number {
    return key === this.missing?.key ? this.missing.rank : key;
  }

  private standIn(value: unknown): { key: number; text: string; rank: number } {
    const { field } = this.bound;
    const bytes = field?.termOf(value) ?? Buffer.from(asText(value));
    const found = this.terms.find(bytes);
    const text = field?.showTerm(bytes) ?? asText(value);
    return found >= 0 ? { key: found, text, rank: found } : { key: this.terms.size, text, rank: -found - 1.5 };
  }
}
