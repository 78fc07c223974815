import { Bitset } from '../segment/bitset.ts';
import type { SegmentView } from '../segment/segment.ts';
import type { Matches, Query } from './query.ts';

export interface Clauses {
  readonly must: readonly Query[];
  readonly filter: readonly Query[];
  readonly should: readonly Query[];
  readonly mustNot: readonly Query[];
  /** How many of `should` must match. */
  readonly minimumShouldMatch: number;
}

/** Lucene's BooleanQuery. A document's score is the sum of the scores of the clauses that match it. */
export function booleanQuery(clauses: Clauses): Query {
  return {
    matches: (view, options) => {
      const find = (query: Query, scores = options.scores): Matches => query.matches(view, { scores });
      const required = clauses.must.map((query) => find(query));
      const optional = clauses.should.map((query) => find(query));
      const documents = Bitset.full(view.segment.documentCount);
      for (const { documents: one } of required) documents.and(one);
      for (const query of clauses.filter) documents.and(find(query, false).documents);
      for (const query of clauses.mustNot) documents.andNot(find(query, false).documents);
      if (clauses.minimumShouldMatch > 0) documents.and(atLeast(optional, clauses.minimumShouldMatch, view));
      return { documents, scores: options.scores ? sum(documents, required, optional) : 0 };
    },
  };
}

function atLeast(matches: readonly Matches[], minimum: number, { segment }: SegmentView): Bitset {
  const documents = new Bitset(segment.documentCount);
  if (minimum > matches.length) return documents;
  if (minimum === 1) {
    for (const match of matches) documents.or(match.documents);
    return documents;
  }
  const counts = new Uint16Array(segment.documentCount);
  for (const match of matches) for (const document of match.documents.toArray()) counts[document]!++;
  for (let i = 0; i < counts.length; i++) if (counts[i]! >= minimum) documents.add(i);
  return documents;
}

/**
 * What is required is summed and rounded to float32, so is what is optional, then both: Lucene's ConjunctionScorer,
 * DisjunctionSumScorer and ReqOptSumScorer.
 */
function sum(documents: Bitset, required: readonly Matches[], optional: readonly Matches[]): number | Float32Array {
  const base = sumRequired(documents, required);
  if (optional.length === 0) return base;
  const added = new Float64Array(documents.size);
  for (const { documents: where, scores } of optional) {
    for (const document of where.toArray()) added[document]! += typeof scores === 'number' ? scores : scores[document]!;
  }
  const totals = Float32Array.from(added);
  for (let i = 0; i < totals.length; i++) totals[i]! += typeof base === 'number' ? base : base[i]!;
  return totals;
}

function sumRequired(documents: Bitset, required: readonly Matches[]): number | Float32Array {
  const [only] = required;
  if (only && required.length === 1) return only.scores;
  if (required.every(({ scores }) => typeof scores === 'number')) {
    return Math.fround(required.reduce((total, { scores }) => total + Number(scores), 0));
  }
  const totals = new Float64Array(documents.size);
  for (const { scores } of required) {
    for (let i = 0; i < totals.length; i++) totals[i]! += typeof scores === 'number' ? scores : scores[i]!;
  }
  return Float32Array.from(totals);
}

/** The best of several queries: Lucene's DisjunctionMaxQuery with a tie breaker of 0. */
export function bestOf(queries: readonly Query[]): Query {
  const [only] = queries;
  if (only && queries.length === 1) return only;
  return {
    matches: (view, options) => {
      const documents = new Bitset(view.segment.documentCount);
      const best = new Float32Array(options.scores ? documents.size : 0);
      for (const query of queries) {
        const found = query.matches(view, options);
        documents.or(found.documents);
        if (!options.scores) continue;
        const { scores } = found;
        for (const document of found.documents.toArray()) {
          best[document] = Math.max(best[document]!, typeof scores === 'number' ? scores : scores[document]!);
        }
      }
      return { documents, scores: options.scores ? best : 0 };
    },
  };
}
