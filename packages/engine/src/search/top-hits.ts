import type { Bitset } from '../segment/bitset.ts';
import type { SegmentView } from '../segment/segment.ts';
import { BoundedHeap } from '../aggregation/bounded-heap.ts';
import type { SortKey } from './sort-key.ts';

/** The documents of one segment that matched, without deleted ones. */
export interface Matched {
  readonly view: SegmentView;
  /** Which searcher of the search the segment belongs to. */
  readonly place: number;
  /** Number of the segment's first document in the whole search. */
  readonly base: number;
  readonly documents: Bitset;
  readonly scores: number | Float32Array;
}

export interface TopHit {
  readonly matched: Matched;
  readonly document: number;
  /** One number a sort key, smaller first. */
  readonly ranks: readonly number[];
}

/**
 * The first `limit` documents by the sort keys. Equal ones keep the order of indices, segments and documents, as in Lucene.
 * `after`: only documents that come after these ranks.
 */
export function topHits(
  all: readonly Matched[],
  keys: readonly SortKey[],
  limit: number,
  after: readonly number[] | undefined,
): readonly TopHit[] {
  if (limit === 0) return [];
  const heap = new BoundedHeap<Candidate>(limit, compareCandidates);
  // The newest are what logs are asked for most, and they were written last: the way back meets them first.
  const backwards = keys[0]!.backwards;
  for (const matched of backwards ? all.toReversed() : all) offerAll(heap, matched, keys, after);
  return heap.sorted();
}

interface Candidate extends TopHit {
  readonly arrival: number;
}

function compareCandidates(left: Candidate, right: Candidate): number {
  return compareRanks(left.ranks, right.ranks) || left.arrival - right.arrival;
}

/** Offers the documents of one segment. Nearly every document of a large index is left at the first comparison. */
function offerAll(
  heap: BoundedHeap<Candidate>,
  matched: Matched,
  keys: readonly SortKey[],
  after: readonly number[] | undefined,
): void {
  const { segment } = matched.view;
  const [first, ...others] = keys.map((key) => key.reader(segment, matched.base, matched.scores));
  const lowest = keys[0]!.lowest(segment, matched.scores);
  const { words } = matched.documents;
  const { backwards } = keys[0]!;
  // A rank equal to the last one kept wins on another key, or by coming earlier.
  const equalLoses = others.length === 0 && !backwards;
  for (let n = 0; n < words.length; n++) {
    const i = backwards ? words.length - 1 - n : n;
    if (heap.full) {
      const worst = heap.last!.ranks[0]!;
      if (lowest > worst || (lowest === worst && equalLoses)) return;
    }
    for (let word = words[i]!; word !== 0; word &= word - 1) {
      const document = (i << 5) + 31 - Math.clz32(word & -word);
      const rank = first!(document);
      if (heap.full) {
        const worst = heap.last!.ranks[0]!;
        if (rank > worst || (rank === worst && equalLoses)) continue;
      }
      const ranks = [rank, ...others.map((reader) => reader(document))];
      if (after !== undefined && compareRanks(ranks, after) <= 0) continue;
      heap.offer({ matched, document, ranks, arrival: matched.base + document });
    }
  }
}

function compareRanks(left: readonly number[], right: readonly number[]): number {
  for (let i = 0; i < left.length; i++) {
    if (left[i]! !== right[i]!) return left[i]! < right[i]! ? -1 : 1;
  }
  return 0;
}
