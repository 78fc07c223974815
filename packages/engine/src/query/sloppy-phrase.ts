import type { Postings } from '../segment/segment.ts';
import { ordinalOf } from './statistics.ts';

export interface PhraseTerm {
  readonly bytes: Uint8Array;
  /** Behind the first. */
  readonly position: number;
}

/**
 * Documents with all terms at most `slop` moves from where the phrase has them, and the sum of 1 / (1 + moves) over the places.
 * Lucene's SloppyPhraseMatcher, for phrases without repeated terms.
 */
export function sloppyFrequencies(postings: Postings, terms: readonly PhraseTerm[], slop: number): Map<number, number> {
  const lists = terms.map(({ bytes, position }) => startsByDocument(postings, bytes, position));
  const [first, ...others] = lists;
  const frequencies = new Map<number, number>();
  for (const [document, starts] of first ?? []) {
    const all = [starts, ...others.map((list) => list.get(document))].filter((list) => list !== undefined);
    const frequency = all.length === terms.length ? frequencyOf(all, slop) : 0;
    if (frequency > 0) frequencies.set(document, frequency);
  }
  return frequencies;
}

/** Where the phrase would begin for each place of a term, by document. */
function startsByDocument(postings: Postings, term: Uint8Array, behind: number): Map<number, readonly number[]> {
  const starts = new Map<number, readonly number[]>();
  const ordinal = ordinalOf(postings, term);
  if (ordinal < 0) return starts;
  const { documents, frequencies, positions } = postings.decodePositions(ordinal);
  let at = 0;
  for (let i = 0; i < documents.length; i++) {
    const here = positions.subarray(at, (at += frequencies[i]!));
    starts.set(
      documents[i]!,
      Array.from(here, (position) => position - behind),
    );
  }
  return starts;
}

/** The term furthest back moves on, again and again; a match is as long as the way between the first and the last of them. */
function frequencyOf(lists: readonly (readonly number[])[], slop: number): number {
  const cursors = lists.map((starts, order) => ({ starts, order, at: 0, start: starts[0]! }));
  let end = Math.max(...cursors.map(({ start }) => start));
  let frequency = 0;
  for (;;) {
    cursors.sort((a, b) => a.start - b.start || a.order - b.order);
    const [last, next] = cursors as [(typeof cursors)[0], (typeof cursors)[0]];
    let length = end - last.start;
    let ended = false;
    for (;;) {
      const start = last.starts[++last.at];
      if (start === undefined) {
        ended = true;
        break;
      }
      last.start = start;
      end = Math.max(end, start);
      if (start > next.start) break;
      length = Math.min(length, end - start);
    }
    if (length <= slop) frequency = Math.fround(frequency + Math.fround(1 / (1 + length)));
    if (ended) return frequency;
  }
}
