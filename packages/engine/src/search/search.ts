import { parseAggregations } from '../aggregation/parse.ts';
import { runAggregations } from '../aggregation/run.ts';
import { ElasticError, illegalArgument, parsingError } from '../errors.ts';
import { parseQuery } from '../query/parse.ts';
import type { Query, Searcher } from '../query/query.ts';
import { Bitset } from '../segment/bitset.ts';
import { parseSearchBody, type SearchBody } from './body.ts';
import { queryFailure, shardFailure } from '../wire/shard-failure.ts';
import { buildHits, type Hit } from './hits.ts';
import { Float } from '../wire/json.ts';
import { bindSort, type SortKey } from './sort-key.ts';
import { type Matched, topHits } from './top-hits.ts';

export interface SearchOptions {
  /** Puts the type before the name of each aggregation: `sterms#clients`. @default false */
  readonly typedKeys?: boolean;
  /** `hits.total` as a plain number. @default false */
  readonly totalHitsAsInteger?: boolean;
}

/** Elasticsearch's answer to `_search`. Print it with `stringify` from json.ts, which knows its number classes. */
export interface SearchResponse {
  /** ms */
  readonly took: number;
  readonly timed_out: false;
  readonly _shards: ShardCounts;
  readonly hits: {
    readonly total?: { readonly value: number; readonly relation: 'eq' | 'gte' } | number;
    readonly max_score: Float | null;
    readonly hits: readonly Hit[];
  };
  readonly aggregations?: Record<string, unknown>;
}

export interface ShardCounts {
  readonly total: number;
  readonly successful: number;
  readonly skipped: 0;
  readonly failed: 0;
}

/** Elasticsearch's `index.max_result_window`. */
const RESULT_WINDOW = 10_000;

/**
 * Runs a `_search` body over the indices, one shard each, in the order given.
 * @throws ElasticError 400; what Elasticsearch meets on a shard is wrapped as `search_phase_execution_exception`.
 */
export function search(searchers: readonly Searcher[], json: unknown, options: SearchOptions = {}): SearchResponse {
  const started = performance.now();
  const body = parseSearchBody(json);
  const definitions = body.aggregations === undefined ? undefined : parseAggregations(body.aggregations);
  checkWindow(body, searchers);
  const sort = body.sort?.map((criterion) => bindSort(criterion, searchers));
  const after = readAfter(body, sort, searchers);
  const scored =
    body.size > 0 && (sort === undefined || body.trackScores || body.sort!.some(({ field }) => field === '_score'));
  const matched = matchAll(searchers, body, scored || body.minimumScore !== undefined);
  const context = { searchers, typedKeys: options.typedKeys ?? false, parseQuery: parseOnShard };
  const aggregations = definitions && runAggregations(definitions, context, matched);
  const found = body.postFilter === undefined ? matched : filterAfter(matched, searchers, body.postFilter);
  const keys = sort ?? [bindSort(BY_SCORE, searchers)];
  const top = topHits(found, keys, body.from + body.size, after).slice(body.from);
  const hits = onShard(searchers[0], () => buildHits(top, searchers, body, sort, scored));
  return {
    took: Math.round(performance.now() - started),
    timed_out: false,
    _shards: { total: searchers.length, successful: searchers.length, skipped: 0, failed: 0 },
    hits: {
      ...totalHits(found, body.trackTotalHits, options.totalHitsAsInteger ?? false),
      max_score: searchers.length === 0 ? new Float(0) : maximumScore(found, body, sort !== undefined),
      hits,
    },
    ...(aggregations === undefined ? undefined : { aggregations }),
  };
}

/** Runs a `_count` body. @throws ElasticError 400 */
export function count(searchers: readonly Searcher[], json: unknown): { count: number; _shards: ShardCounts } {
  const { query, ...others } = (json ?? {}) as Record<string, unknown>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw parsingError(`request does not support [${unknown}]`);
  const matched = matchAll(searchers, parseSearchBody(query === undefined ? {} : { query }), false);
  return {
    count: countDocuments(matched),
    _shards: { total: searchers.length, successful: searchers.length, skipped: 0, failed: 0 },
  };
}

const BY_SCORE = {
  field: '_score',
  descending: true,
  missing: '_last',
  mode: undefined,
  unmappedType: undefined,
  format: undefined,
} as const;

function checkWindow({ from, size }: SearchBody, searchers: readonly Searcher[]): void {
  if (from + size <= RESULT_WINDOW) return;
  onShard(searchers[0], () => {
    throw illegalArgument(
      `Result window is too large, from + size must be less than or equal to: [${RESULT_WINDOW}] but was [${from + size}]. ` +
        'See the scroll api for a more efficient way to request large data sets. ' +
        'This limit can be set by changing the [index.max_result_window] index level setting.',
    );
  });
}

function readAfter(
  { searchAfter }: SearchBody,
  sort: readonly SortKey[] | undefined,
  searchers: readonly Searcher[],
): readonly number[] | undefined {
  if (searchAfter === undefined) return undefined;
  return onShard(searchers[0], () => {
    if (sort === undefined) throw illegalArgument('Sort must contain at least one field.');
    if (searchAfter.length !== sort.length) {
      throw illegalArgument(`search_after has ${searchAfter.length} value(s) but sort has ${sort.length}.`);
    }
    return sort.map((key, i) => key.rankOf(searchAfter[i]));
  });
}

/** Runs the query over every segment, deleted documents taken out. */
function matchAll(searchers: readonly Searcher[], body: SearchBody, scores: boolean): Matched[] {
  const all: Matched[] = [];
  let base = 0;
  searchers.forEach((searcher, place) => {
    const query = body.query === undefined ? undefined : parseOnShard(body.query, searcher);
    for (const view of searcher.segments) {
      const matches = matchSegment(query, view, scores);
      all.push({ view, place, base, ...aboveMinimum(matches, body.minimumScore) });
      base += view.segment.documentCount;
    }
  });
  return all;
}

type Found = Pick<Matched, 'documents' | 'scores'>;

function matchSegment(query: Query | undefined, view: Matched['view'], scores: boolean): Found {
  if (query === undefined) return { documents: view.live ?? Bitset.full(view.segment.documentCount), scores: 1 };
  const { documents, scores: found } = query.matches(view, { scores });
  return { documents: view.live === undefined ? documents : documents.clone().and(view.live), scores: found };
}

function aboveMinimum({ documents, scores }: Found, minimum: number | undefined): Found {
  if (minimum === undefined) return { documents, scores };
  const kept = new Bitset(documents.size);
  for (const document of documents.toArray()) {
    if ((typeof scores === 'number' ? scores : scores[document]!) >= minimum) kept.add(document);
  }
  return { documents: kept, scores };
}

function filterAfter(matched: readonly Matched[], searchers: readonly Searcher[], json: unknown): Matched[] {
  const queries = searchers.map((searcher) => parseOnShard(json, searcher));
  return matched.map((found) => {
    const wanted = queries[found.place]!.matches(found.view, { scores: false }).documents;
    return { ...found, documents: found.documents.clone().and(wanted) };
  });
}

function countDocuments(matched: readonly Matched[]): number {
  return matched.reduce((total, { documents }) => total + documents.count(), 0);
}

/** Counts up to the wish and no further, as Elasticsearch: beyond it the total is the wish, `gte`. */
function totalHits(
  matched: readonly Matched[],
  wish: number,
  asInteger: boolean,
): Pick<SearchResponse['hits'], 'total'> {
  if (wish === -1) return asInteger ? { total: -1 } : {};
  const value = countDocuments(matched);
  if (asInteger) return { total: value };
  return { total: value > wish ? { value: wish, relation: 'gte' } : { value, relation: 'eq' } };
}

/** The best score of all matches; null when nothing was scored or nothing matched. */
function maximumScore(matched: readonly Matched[], body: SearchBody, sorted: boolean): Float | null {
  if (body.size === 0 || (sorted && !body.trackScores)) return null;
  let best = -Infinity;
  for (const { documents, scores } of matched) {
    if (typeof scores === 'number') {
      if (!documents.isEmpty()) best = Math.max(best, scores);
    } else for (const document of documents.toArray()) best = Math.max(best, scores[document]!);
  }
  return best === -Infinity ? null : new Float(best);
}

/** Types of errors that lie in a query's values, which Elasticsearch finds on the shard: structure is found before. */
const SHARD_ERRORS = new Set(['query_shard_exception', 'parse_exception', 'number_format_exception']);

function parseOnShard(json: unknown, searcher: Searcher): Query {
  try {
    return parseQuery(json, searcher);
  } catch (error) {
    if (error instanceof ElasticError && liesInValue(error)) throw queryFailure(error, searcher.index);
    throw error;
  }
}

function liesInValue(error: ElasticError): boolean {
  return (
    SHARD_ERRORS.has(error.type) || /is not an IP string literal\.$|^Can't parse boolean value/.test(error.message)
  );
}

/** Wraps what is thrown inside as Elasticsearch wraps what happens on a shard. */
function onShard<T>(searcher: Searcher | undefined, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const wrapped = error instanceof ElasticError && error.type === 'search_phase_execution_exception';
    const structural =
      error instanceof ElasticError &&
      (error.type === 'parsing_exception' || error.type === 'x_content_parse_exception');
    if (!(error instanceof ElasticError) || wrapped || structural) throw error;
    throw shardFailure(error, searcher?.index ?? '');
  }
}
