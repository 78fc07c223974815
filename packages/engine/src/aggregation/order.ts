import { ElasticError, illegalArgument } from '../errors.ts';
import { reduceFailure } from '../wire/shard-failure.ts';
import { isObject, type Options } from '../wire/options.ts';
import type { Aggregator, Children } from './aggregation.ts';
import { asText } from '../wire/as-text.ts';

/** One criterion of `order`: `_count`, `_key`, or the path to a metric inside. */
export interface Order {
  readonly path: string;
  readonly descending: boolean;
}

/** A bucket to be put in order: its number, its documents, and how its key compares. */
export interface Orderable {
  /** EMPTY for a bucket that no document made. */
  readonly bucket: number;
  readonly key: number;
  readonly count: number;
}

/** Reads `order`: one criterion or a list of them. @throws ElasticError 400 */
export function parseOrder(options: Options): readonly Order[] | undefined {
  const value = options.value('order');
  if (value === undefined) return undefined;
  return (Array.isArray(value) ? value : [value]).map((entry: unknown): Order => {
    if (!isObject(entry) || Object.keys(entry).length !== 1) {
      throw options.failed('order', 'Must specify at least one field for [order]', 'parsing_exception');
    }
    const [path, direction] = Object.entries(entry)[0]!;
    const word = asText(direction).toLowerCase();
    if (word !== 'asc' && word !== 'desc') {
      throw options.failed('order', `Unknown order direction [${asText(direction)}]`, 'parsing_exception');
    }
    return { path: path === '_term' || path === '_time' ? '_key' : path, descending: word === 'desc' };
  });
}

/**
 * The order of buckets. Ties go by ascending key, as in Elasticsearch.
 * @throws ElasticError 400, wrapped, when a path leads to no metric.
 */
export function bucketOrder(
  orders: readonly Order[],
  children: Children,
  compareKeys: (left: number, right: number) => number,
): (left: Orderable, right: Orderable) => number {
  const criteria = orders.map((order) => {
    const compare = criterion(order.path, order.descending, children, compareKeys);
    return order.descending && (order.path === '_key' || order.path === '_count')
      ? (left: Orderable, right: Orderable) => compare(right, left)
      : compare;
  });
  return (left, right) => {
    for (const compare of criteria) {
      const order = compare(left, right);
      if (order !== 0) return order;
    }
    return compareKeys(left.key, right.key);
  };
}

function criterion(
  path: string,
  descending: boolean,
  children: Children,
  compareKeys: (left: number, right: number) => number,
): (left: Orderable, right: Orderable) => number {
  if (path === '_key') return (left, right) => compareKeys(left.key, right.key);
  if (path === '_count') return (left, right) => left.count - right.count;
  const metric = metricAt(path, children);
  return (left, right) => compareNumbers(metric(left.bucket), metric(right.bucket), descending);
}

/** A bucket without the metric comes last, whatever the direction. */
function compareNumbers(left: number, right: number, descending: boolean): number {
  if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
  if (left === right) return 0;
  return left < right === descending ? 1 : -1;
}

/** Follows `outer>inner.key` or `inner[key]` down to a metric; single-bucket aggregations keep their parent's bucket numbers. */
function metricAt(path: string, children: Children): (bucket: number) => number {
  const names = path.split('>');
  const { name: last, key } = splitKey(names.pop()!);
  let level: Children | undefined = children;
  for (const name of names) {
    const inner: Aggregator | undefined = level?.find(name);
    if (inner === undefined) throw invalidPath(path, `Cannot find aggregation named [${name}]`);
    level = inner.children;
  }
  const aggregator = level?.find(last);
  if (aggregator === undefined) throw invalidPath(path, `Cannot find aggregation named [${last}]`);
  const read = (bucket: number): number => aggregator.metric(bucket, key);
  try {
    read(0);
  } catch (error) {
    if (error instanceof ElasticError) throw invalidPath(path, error.message);
    throw error;
  }
  return read;
}

/** `stats.max` or `stats[max]`. */
function splitKey(text: string): { name: string; key: string | undefined } {
  const bracket = text.endsWith(']') ? text.indexOf('[') : -1;
  if (bracket > 0) return { name: text.slice(0, bracket), key: text.slice(bracket + 1, -1) };
  const dot = text.lastIndexOf('.');
  return dot > 0 ? { name: text.slice(0, dot), key: text.slice(dot + 1) } : { name: text, key: undefined };
}

function invalidPath(path: string, reason: string): ElasticError {
  const cause = illegalArgument(reason);
  return reduceFailure(
    new ElasticError(400, cause.type, `Invalid aggregation order path [${path}]. ${reason}`, {
      details: { caused_by: { type: cause.type, reason } },
    }),
  );
}
