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
  /** Whether the query has a boost of its own. */
  readonly isBoosted?: boolean;
}

/** A query of clauses that another may take in. */
interface BooleanQuery extends Query {
  readonly clauses: Clauses;
}

/**
 * Lucene's BooleanQuery. A document's score is the sum of the scores of the clauses that match it, rounded where Lucene rounds;
 * so clauses inside clauses are taken out as BooleanQuery.rewrite takes them out.
 */
export function booleanQuery(given: Clauses): Query {
  const clauses = inline(given);
  const { must, filter, should, mustNot, minimumShouldMatch } = clauses;
  const [only, second] = [...must, ...should];
  const isAlone = only !== undefined && second === undefined && filter.length + mustNot.length === 0;
  if (isAlone && minimumShouldMatch === should.length) return only;
  const query: BooleanQuery = {
    clauses,
    matches: (view, options) => {
      const find = (one: Query, scores = options.scores): Matches => one.matches(view, { scores });
      const required = must.map((one) => find(one));
      const optional = should.map((one) => find(one));
      const documents = Bitset.full(view.segment.documentCount);
      for (const { documents: one } of required) documents.and(one);
      for (const one of filter) documents.and(find(one, false).documents);
      for (const one of mustNot) documents.andNot(find(one, false).documents);
      if (minimumShouldMatch > 0) documents.and(atLeast(optional, minimumShouldMatch, view));
      return { documents, scores: options.scores ? sum(documents, required, optional) : 0 };
    },
  };
  return query;
}

/** Lucene takes alternatives out of alternatives (a boost around them keeps it from that), and leaves requirements where they are. */
function inline(clauses: Clauses): Clauses {
  return clauses.minimumShouldMatch > 1 ? clauses : { ...clauses, should: clauses.should.flatMap(alternatives) };
}

/** The clauses of a query of which one must match and no more is asked. */
function alternatives(query: Query): readonly Query[] {
  const clauses = clausesOf(query);
  if (clauses === undefined || clauses.must.length + clauses.filter.length + clauses.mustNot.length > 0) return [query];
  return clauses.minimumShouldMatch === 1 ? clauses.should : [query];
}

function clausesOf(query: Query): Clauses | undefined {
  if (!('clauses' in query)) return undefined;
  const { clauses } = query as BooleanQuery;
  return clauses.isBoosted ? undefined : clauses;
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
