import { BoundedHeap } from './bounded-heap.ts';
import { shardFailure } from '../wire/shard-failure.ts';
import { Options } from '../wire/options.ts';
import {
  type AggregationType,
  type Aggregator,
  type Batch,
  type Children,
  type Context,
  EMPTY,
} from './aggregation.ts';
import { type BoundField, bindField } from './bound-field.ts';
import { Buckets } from './buckets.ts';
import { parseIncludeExclude } from './include-exclude.ts';
import type { KeySource } from './key-source.ts';
import { keysOf } from './keys-of.ts';
import { bucketOrder, type Orderable, type Order, parseOrder } from './order.ts';
import { checkFormat, SOURCE_MEMBERS, sourceField } from './source-field.ts';
import { noMetric } from './no-metric.ts';
import { everything } from './single-bucket.ts';

const MEMBERS = [
  ...SOURCE_MEMBERS,
  'size',
  'shard_size',
  'min_doc_count',
  'shard_min_doc_count',
  'show_term_doc_count_error',
  'order',
  'include',
  'exclude',
  'collect_mode',
  'execution_hint',
] as const;

/** One bucket for every value: the `size` first in `order`. Exact: there are no shards that could miss one. */
export const terms: AggregationType = (body, name) => {
  const options = new Options('terms', body, MEMBERS);
  const fieldName = sourceField(options);
  const wanted = parseWanted(options, name);
  const filter = parseIncludeExclude(options, name);
  const missing = options.value('missing');
  const format = options.string('format');
  return (context, children) => {
    const bound = bindField(context, fieldName, 'terms');
    checkFormat(bound, format);
    const problem = filter.problem(bound);
    if (problem !== undefined) throw shardFailure(problem, context.searchers[0]?.index ?? '');
    const keys = keysOf(bound, { missing, format, ...filter.bind(bound) });
    return new Terms(context, children, bound, keys, wanted);
  };
};

interface Wanted {
  readonly size: number;
  readonly minimumCount: number;
  readonly order: readonly Order[];
  readonly showError: boolean;
}

function parseWanted(options: Options, name: string): Wanted {
  const size = options.integer('size') ?? 10;
  if (size <= 0) throw options.failed('size', `[size] must be greater than 0. Found [${size}] in [${name}]`);
  const minimumCount = options.integer('min_doc_count') ?? 1;
  if (minimumCount < 0) {
    const reason = `[min_doc_count] must be greater than or equal to 0. Found [${minimumCount}] in [${name}]`;
    throw options.failed('min_doc_count', reason);
  }
  return {
    size,
    minimumCount,
    order: parseOrder(options) ?? [{ path: '_count', descending: true }],
    showError: options.boolean('show_term_doc_count_error') ?? false,
  };
}

class Terms implements Aggregator {
  readonly type: string;
  readonly children: Children;
  readonly metric: Aggregator['metric'];
  private readonly context: Context;
  private readonly keys: KeySource;
  private readonly wanted: Wanted;
  private readonly buckets: Buckets;
  /** Keys of all documents, for `min_doc_count: 0`. */
  private readonly everyKey: Buckets;
  private lastView: Batch['view'] | undefined;
  private compare: ((left: Orderable, right: Orderable) => number) | undefined;

  constructor(context: Context, children: Children, bound: BoundField, keys: KeySource, wanted: Wanted) {
    this.type = bound.storage === 'unmapped' ? 'sterms' : keys.type;
    this.metric = noMetric(this.type);
    this.context = context;
    this.children = children;
    this.keys = keys;
    this.wanted = wanted;
    this.buckets = new Buckets(keys.keyCount);
    this.everyKey = new Buckets(keys.keyCount);
  }

  collect(batch: Batch): void {
    if (this.wanted.minimumCount === 0) this.collectEveryKey(batch);
    const inner = this.buckets.add(batch, this.keys.read(batch));
    if (this.children.size > 0) this.children.collect(inner);
  }

  result(owner: number): Record<string, unknown> {
    const { size } = this.wanted;
    this.compare ??= bucketOrder(this.wanted.order, this.children, (left, right) => this.keys.compare(left, right));
    const heap = new BoundedHeap<Orderable>(size, this.compare);
    let others = 0;
    for (const candidate of this.candidates(owner)) {
      if (candidate.count < this.wanted.minimumCount) continue;
      others += candidate.count;
      heap.offer(candidate);
    }
    const chosen = heap.sorted();
    for (const { count } of chosen) others -= count;
    this.context.countBuckets(chosen.length);
    return {
      doc_count_error_upper_bound: 0,
      sum_other_doc_count: others,
      buckets: chosen.map((candidate) => this.show(candidate)),
    };
  }

  private show({ bucket, key, count }: Orderable): Record<string, unknown> {
    const error = this.wanted.showError ? { doc_count_error_upper_bound: 0 } : undefined;
    return { ...this.keys.show(key), doc_count: count, ...error, ...this.children.results(bucket) };
  }

  private candidates(owner: number): Orderable[] {
    const { counts, keys } = this.buckets;
    const found = Array.from(this.buckets.of(owner), (bucket) => ({
      bucket,
      key: keys[bucket]!,
      count: counts[bucket]!,
    }));
    if (this.wanted.minimumCount > 0) return found;
    const seen = new Set(found.map(({ key }) => key));
    for (const bucket of this.everyKey.of(0)) {
      const key = this.everyKey.keys[bucket]!;
      if (!seen.has(key)) found.push({ bucket: EMPTY, key, count: 0 });
    }
    return found;
  }

  private collectEveryKey({ view }: Batch): void {
    if (view === this.lastView) return;
    this.lastView = view;
    const batch: Batch = { view, documents: everything(view).toArray(), owners: undefined, ownerCount: 1 };
    this.everyKey.add(batch, this.keys.read(batch));
  }
}
