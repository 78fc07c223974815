import type { PhraseTerm, Places } from './phrase-places.ts';

/** How often the terms stand in a document exactly as far apart as in the phrase. */
export function exactFrequency(places: readonly Places[], terms: readonly PhraseTerm[]): number {
  const { positions, start, end } = places[0]!;
  const at = places.map((one) => one.start);
  let frequency = 0;
  for (let i = start; i < end; i++) {
    if (othersFollow(positions[i]!, places, terms, at)) frequency++;
  }
  return frequency;
}

/** Goes on from where the last place was looked for: both sides ascend. */
function othersFollow(phrase: number, places: readonly Places[], terms: readonly PhraseTerm[], at: number[]): boolean {
  for (let term = 1; term < places.length; term++) {
    const { positions, end } = places[term]!;
    const wanted = phrase + terms[term]!.position;
    while (at[term]! < end && positions[at[term]!]! < wanted) at[term]!++;
    if (at[term]! >= end || positions[at[term]!] !== wanted) return false;
  }
  return true;
}

/**
 * The sum of 1 / (1 + moves) over the places where the terms are at most `slop` moves from how the phrase has them.
 * Lucene's SloppyPhraseMatcher, for phrases without repeated terms: the term furthest back goes on, again and again;
 * a match is as long as the way between the first and the last of them.
 */
export function sloppyFrequency(places: readonly Places[], terms: readonly PhraseTerm[], slop: number): number {
  const cursors = places.map(({ positions, start, end }, order) => {
    const behind = terms[order]!.position;
    return { positions, behind, order, at: start, end, phrase: positions[start]! - behind };
  });
  let furthest = Math.max(...cursors.map(({ phrase }) => phrase));
  let frequency = 0;
  for (;;) {
    cursors.sort((a, b) => a.phrase - b.phrase || a.order - b.order);
    const last = cursors[0]!;
    const next = cursors[1]!.phrase;
    let length = furthest - last.phrase;
    while (++last.at < last.end) {
      last.phrase = last.positions[last.at]! - last.behind;
      furthest = Math.max(furthest, last.phrase);
      if (last.phrase > next) break;
      length = Math.min(length, furthest - last.phrase);
    }
    if (length <= slop) frequency = Math.fround(frequency + Math.fround(1 / (1 + length)));
    if (last.at >= last.end) return frequency;
  }
}
