import { Options } from '../wire/options.ts';
import { type Aggregator, type Batch, type Children, type Context, EMPTY } from './aggregation.ts';
import type { BoundField } from './bound-field.ts';
import { Buckets } from './buckets.ts';
import { compact, type Keyed, NONE, withoutRepeats } from './keyed.ts';
import { noMetric } from './no-metric.ts';
import { bucketOrder, type Orderable, type Order, parseOrder } from './order.ts';
import { readNumbers } from './read-numbers.ts';
import { doubles, integers, type Scratch } from './scratch.ts';
import { MOST_BUCKETS, type Steps, tooManyBuckets } from './steps.ts';

/** What histograms over numbers and over dates have in common. */
export interface HistogramOptions {
  readonly keyed: boolean;
  readonly minimumCount: number;
  readonly order: readonly Order[];
}

export const HISTOGRAM_MEMBERS: readonly string[] = [
  'interval',
  'offset',
  'order',
  'keyed',
  'min_doc_count',
  'extended_bounds',
  'hard_bounds',
];

export function parseHistogramOptions(options: Options): HistogramOptions {
  const minimumCount = options.integer('min_doc_count') ?? 0;
  if (minimumCount < 0) {
    throw options.failed(
      'min_doc_count',
      `[min_doc_count] must be greater than or equal to 0. Found [${minimumCount}]`,
    );
  }
  return {
    keyed: options.boolean('keyed') ?? false,
    minimumCount,
    order: parseOrder(options) ?? [{ path: '_key', descending: false }],
  };
}

/** Where buckets go on without documents (extended), and where steps stop counting (hard). NaN never compares: no bound. */
export interface Bounds {
  readonly minimum: number;
  readonly maximum: number;
}

export const UNBOUNDED: Bounds = { minimum: Number.NaN, maximum: Number.NaN };

export interface HistogramSource {
  readonly type: string;
  readonly bound: BoundField;
  readonly missing: number | undefined;
  readonly steps: Steps;
  readonly extended: Bounds;
  readonly hard: Bounds;
  /** A bucket's key as it is shown, and its name in a keyed answer. */
  show(start: number): { readonly shown: Record<string, unknown>; readonly name: string };
}

/** The range the steps must cover: all values, what stands in for missing ones, and the bounds. */
export function valueRange(
  bound: BoundField,
  missing: number | undefined,
  ...bounds: readonly Bounds[]
): readonly [number, number] {
  const columns = bound.segments.flatMap((segment) => segment.numbers(bound.name) ?? []);
  const ends = columns.flatMap((column) => [column.minimum, column.maximum]);
  const others = [missing ?? Number.NaN, ...bounds.flatMap(({ minimum, maximum }) => [minimum, maximum])];
  ends.push(...others.filter((end) => !Number.isNaN(end)));
  return [Math.min(...ends), Math.max(...ends)];
}

export class Histogram implements Aggregator {
  readonly type: string;
  readonly children: Children;
  readonly metric: Aggregator['metric'];
  private readonly context: Context;
  private readonly source: HistogramSource;
  private readonly options: HistogramOptions;
  private readonly buckets: Buckets;
  private readonly values: Scratch<Float64Array> = doubles();
  private readonly indices: Scratch<Uint32Array> = integers();

  constructor(context: Context, children: Children, source: HistogramSource, options: HistogramOptions) {
    this.type = source.type;
    this.metric = noMetric(source.type);
    this.context = context;
    this.children = children;
    this.source = source;
    this.options = options;
    this.buckets = new Buckets(source.steps.count);
  }

  collect(batch: Batch): void {
    const { bound, missing, steps, hard } = this.source;
    const column = batch.view.segment.numbers(bound.name);
    const { documents, owners, values } = readNumbers(column, batch, missing, this.values);
    const keys = steps.indexAll(values, this.indices.take(values.length));
    const keyed = within({ documents, owners, keys }, steps, hard);
    const inner = this.buckets.add(batch, column?.offsets === undefined ? keyed : withoutRepeats(keyed));
    if (this.children.size > 0) this.children.collect(inner);
  }

  result(owner: number): Record<string, unknown> {
    const chosen = this.options.minimumCount === 0 ? this.withGaps(owner) : this.present(owner);
    const { order } = this.options;
    if (order.length !== 1 || order[0]!.path !== '_key' || order[0]!.descending) {
      chosen.sort(bucketOrder(order, this.children, (left, right) => left - right));
    }
    this.context.countBuckets(chosen.length);
    const shown = chosen.map(({ bucket, key, count }) => {
      const { shown: head, name } = this.source.show(this.source.steps.start(key));
      return { name, body: { ...head, doc_count: count, ...this.children.results(bucket) } };
    });
    if (!this.options.keyed) return { buckets: shown.map(({ body }) => body) };
    return { buckets: Object.fromEntries(shown.map(({ name, body }) => [name, body])) };
  }

  /** Buckets that have enough documents, by key. */
  private present(owner: number): Orderable[] {
    const { counts, keys } = this.buckets;
    return Array.from(this.buckets.of(owner), (bucket) => ({ bucket, key: keys[bucket]!, count: counts[bucket]! }))
      .filter(({ count }) => count >= this.options.minimumCount)
      .toSorted((left, right) => left.key - right.key);
  }

  private withGaps(owner: number): Orderable[] {
    const present = this.present(owner);
    const { extended, steps } = this.source;
    const ends = present.length === 0 ? [] : [present[0]!.key, present.at(-1)!.key];
    const bounds = [extended.minimum, extended.maximum].filter((end) => !Number.isNaN(end));
    ends.push(...steps.indexAll(Float64Array.from(bounds), new Uint32Array(bounds.length)));
    const first = Math.min(...ends);
    const last = Math.max(...ends);
    if (last - first >= MOST_BUCKETS) throw tooManyBuckets();
    const filled: Orderable[] = [];
    let next = 0;
    for (let key = first; key <= last; key++) {
      filled.push(present[next]?.key === key ? present[next++]! : { bucket: EMPTY, key, count: 0 });
    }
    return filled;
  }
}

/** Leaves out steps that start outside the hard bounds. */
function within(keyed: Keyed, steps: Steps, hard: Bounds): Keyed {
  if (Number.isNaN(hard.minimum) && Number.isNaN(hard.maximum)) return keyed;
  let dropped = 0;
  const keys = keyed.keys.map((key) => {
    const start = steps.start(key);
    if (!(start < hard.minimum) && !(start >= hard.maximum)) return key;
    dropped++;
    return NONE;
  });
  return compact(keyed, keys, dropped);
}
