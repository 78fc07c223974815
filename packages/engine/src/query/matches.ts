import { Bitset } from '../segment/bitset.ts';
import type { Segment, SegmentView } from '../segment/segment.ts';
import type { Matches, Query } from './query.ts';

/** A query whose matches all score the same; its documents are found once a segment and kept. */
export function constantQuery(key: string | undefined, score: number, find: (view: SegmentView) => Bitset): Query {
  return {
    matches: (view, { scores }): Matches => ({
      documents: key === undefined ? find(view) : cached(view.segment, key, () => find(view)),
      scores: scores ? score : 0,
    }),
  };
}

export const MATCH_NONE: Query = {
  matches: ({ segment }) => ({ documents: new Bitset(segment.documentCount), scores: 0 }),
};

export function matchAll(boost: number): Query {
  return constantQuery(undefined, boost, ({ segment }) => Bitset.full(segment.documentCount));
}

/** Filters kept for each segment; they go with it. A bitset of 2 million documents is 250 KB. */
const MOST_KEPT = 32;
const kept = new WeakMap<Segment, Map<string, Bitset>>();

/** The bitset found before under this key, or what `find` finds now. It is shared: nobody may change it. */
export function cached(segment: Segment, key: string, find: () => Bitset): Bitset {
  let filters = kept.get(segment);
  if (!filters) kept.set(segment, (filters = new Map()));
  const known = filters.get(key) ?? find();
  // Put last again: the one not asked for longest is the first to go.
  filters.delete(key);
  filters.set(key, known);
  if (filters.size > MOST_KEPT) filters.delete(filters.keys().next().value!);
  return known;
}
