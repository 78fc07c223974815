import type { Bitset } from '../segment/bitset.ts';
import type { SegmentView } from '../segment/segment.ts';
import type { Mapping } from '../mapping/field.ts';

/** An index frozen at one refresh: what one search runs over. Cheap to take; holds its segments open until dropped. */
export interface Searcher {
  readonly index: string;
  readonly mapping: Mapping;
  readonly segments: readonly SegmentView[];
}

/** A query bound to one searcher (its mapping and its term statistics). One file per query builds these. */
export interface Query {
  /** The documents of one segment that match; deleted ones may be included, the caller takes them out. */
  matches(segment: SegmentView, options: { readonly scores: boolean }): Matches;
}

/**
 * `scores` is one number for all matches, or a score per document number (undefined behaviour where not matching).
 * With `scores: false` it is 0. The bitset may be shared with a cache: do not change it.
 */
export interface Matches {
  readonly documents: Bitset;
  readonly scores: number | Float32Array;
}
