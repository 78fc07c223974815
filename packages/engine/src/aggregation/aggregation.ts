import type { Query, Searcher } from '../query/query.ts';
import type { SegmentView } from '../segment/segment.ts';

/**
 * Documents of one segment on their way through the tree of aggregations, in ascending order.
 * `owners[i]` is the parent's bucket that documents[i] belongs to; a parent with several values repeats a document, once a bucket.
 * Undefined: all belong to bucket 0. Every owner is below `ownerCount`. Nobody may change the arrays, or keep them: they are used again.
 */
export interface Batch {
  readonly view: SegmentView;
  readonly documents: Uint32Array;
  readonly owners: Uint32Array | undefined;
  readonly ownerCount: number;
}

/**
 * One aggregation at work. It is given the matching documents of every segment, a batch at a time, segment after segment; each
 * segment comes at least once, be it with an empty batch. It numbers its own buckets over all segments and indices and hands the
 * documents on to its children with its buckets as owners: whole arrays at a time, so that loops stay small.
 */
export interface Aggregator {
  /** The prefix that `typed_keys` puts before the name. */
  readonly type: string;
  collect(batch: Batch): void;
  /** The answer for one of the parent's buckets; EMPTY for a bucket that no document made. */
  result(owner: number): Record<string, unknown>;
  /**
   * The number a parent sorts its buckets by. `key` is what follows the name in an order path: `max` of `stats.max`.
   * @throws ElasticError when it has no such number.
   */
  metric(owner: number, key: string | undefined): number;
  /** Aggregations inside, for order paths such as `errors>average`. */
  readonly children?: Children;
}

/** The owner number of a bucket that holds no documents, such as one that fills a gap in a histogram. */
export const EMPTY = -1;

/** What parsing gives: everything is known but the indices. `create` binds it to them. */
export interface Definition {
  readonly name: string;
  readonly meta: Record<string, unknown> | undefined;
  create(context: Context): Aggregator;
}

/** The aggregations inside one bucket, by name. */
export interface Children {
  readonly size: number;
  collect(batch: Batch): void;
  /** What goes into a bucket beside its key and count. */
  results(owner: number): Record<string, unknown>;
  find(name: string): Aggregator | undefined;
}

/** What a tree of aggregations runs over. */
export interface Context {
  readonly searchers: readonly Searcher[];
  readonly typedKeys: boolean;
  /** @throws ElasticError as the parser words it. */
  parseQuery(json: unknown, searcher: Searcher): Query;
  /** Counts buckets of the answer. @throws ElasticError `too_many_buckets_exception` beyond 65,536. */
  countBuckets(added: number): void;
}

/** One file per aggregation exports one of these: reads the body and gives the factory. `parsing` errors are thrown right here. */
export type AggregationType = (
  body: Record<string, unknown>,
  name: string,
) => (context: Context, children: Children) => Aggregator;
