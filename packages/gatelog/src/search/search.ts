import type { StoreAnswer, StoreClient } from '../elastic/client.ts';
import { GatelogError, gatelogError } from '../errors/gatelog-error.ts';
import { filterQueries, type Query, type SearchFilters } from './filters.ts';

export type SortOrder = 'newest' | 'oldest' | 'score';

export interface SearchOptions {
  readonly client: StoreClient;
  readonly index: string;
  /** Lucene query string over `message` unless it names fields; everything when left away. */
  readonly query?: string;
  readonly filters?: SearchFilters;
  /** How many documents at most. @default 10 */
  readonly size?: number;
  /** @default 'score', the score of the query alone */
  readonly sort?: SortOrder;
  readonly signal?: AbortSignal;
}

/** Finds documents; the store's own answer. Throws GATELOG_STORE_… and GATELOG_SEARCH_QUERY_INVALID. */
export function searchDocuments(options: SearchOptions): Promise<StoreAnswer> {
  const { size = 10, sort = 'score' } = options;
  return ask(options, '_search', {
    query: buildQuery(options),
    size,
    track_total_hits: true,
    ...(sort !== 'score' && { sort: timeOrder(sort === 'newest' ? 'desc' : 'asc') }),
  });
}

/** Counts documents; the store's own answer, `{"count":396,…}`. Throws like `searchDocuments`. */
export function countDocuments(options: SearchOptions): Promise<StoreAnswer> {
  return ask(options, '_count', { query: buildQuery(options) });
}

/** Sends a request about what the options select, and says so when it is the query string that cannot be read. */
export async function ask(options: SearchOptions, endpoint: '_search' | '_count', json: Query): Promise<StoreAnswer> {
  const { client, index, query, signal } = options;
  const path = `/${encodeURIComponent(index)}/${endpoint}`;
  try {
    return await client.request({ method: 'POST', path, json, index, ...(signal && { signal }) });
  } catch (error) {
    if (query === undefined || !(error instanceof GatelogError) || error.details['status'] !== 400) throw error;
    const reason = String(error.details['reason']);
    if (!/parse|query_shard_exception|token/i.test(reason)) throw error;
    throw gatelogError('GATELOG_SEARCH_QUERY_INVALID', { query, reason }, error);
  }
}

/** The query alone scores: filters stand in filter context, so that they leave its score as it is. */
export function buildQuery({ query, filters }: Pick<SearchOptions, 'query' | 'filters'>): Query {
  const filter = filterQueries(filters ?? {});
  const scoring = query === undefined ? [] : [{ query_string: { query, default_field: 'message' } }];
  const [only] = scoring;
  if (filter.length === 0) return only ?? { match_all: {} };
  return { bool: { must: scoring, filter } };
}

// Either field orders its own schema; an index that has only one of them must not fail over the other.
function timeOrder(order: 'asc' | 'desc'): readonly Query[] {
  return [
    { '@timestamp': { order, unmapped_type: 'date' } },
    { 'timestamp.keyword': { order, unmapped_type: 'keyword' } },
  ];
}
