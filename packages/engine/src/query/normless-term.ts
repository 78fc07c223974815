import type { Bitset } from '../segment/bitset.ts';
import type { SegmentView } from '../segment/segment.ts';
import type { Query, Searcher } from './query.ts';
import { inverseDocumentFrequency, termScorer } from './score.ts';
import { valueStatistics } from './statistics.ts';

/** A value of a keyword or a boolean: BM25 without norms, so each match scores the same, by how rare the value is. */
export function normlessTerm(
  searcher: Searcher,
  field: string,
  boost: number,
  find: (view: SegmentView) => Bitset,
): Query {
  let score: number | undefined;
  const scoreOf = (): number => {
    const statistics = valueStatistics(searcher, field);
    const frequency = searcher.segments.reduce((sum, view) => sum + find(view).count(), 0);
    const idf = inverseDocumentFrequency(statistics.documentCount, frequency);
    return termScorer(statistics, idf, boost).score(1, 1);
  };
  return { matches: (view, { scores }) => ({ documents: find(view), scores: scores ? (score ??= scoreOf()) : 0 }) };
}
