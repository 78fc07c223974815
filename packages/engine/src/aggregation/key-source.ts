import type { Batch } from './aggregation.ts';
import type { Keyed } from './keyed.ts';

/** Where the keys of terms buckets and of distinct counts come from: a column's values as small whole numbers. */
export interface KeySource {
  /** The `typed_keys` prefix of terms over it. */
  readonly type: 'sterms' | 'lterms' | 'dterms';
  /** Every key is below it; Infinity when that is not known. */
  readonly keyCount: number;
  read(batch: Batch): Keyed;
  /** The order of the values behind two keys. */
  compare(left: number, right: number): number;
  /** A key as a bucket shows it. */
  show(key: number): KeyText;
}

export interface KeyText {
  readonly key: unknown;
  readonly key_as_string?: string;
}
