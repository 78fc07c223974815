import type { Query, Searcher } from './query.ts';

/** What the parser of one query gets besides its body. */
export interface QueryContext {
  readonly searcher: Searcher;
  /** Product of the boosts around this query, as float32. */
  readonly boost: number;
  readonly depth: number;
  /** Parses a query inside this one. */
  readonly parse: (json: unknown, context: QueryContext) => Query;
}

/** One query: takes its body apart and binds it to a searcher. @throws ElasticError 400 */
export type QueryParser = (body: unknown, context: QueryContext) => Query;
