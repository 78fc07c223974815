import { illegalArgument } from '../errors.ts';
import { isObject, Options } from '../wire/options.ts';
import { Bitset } from '../segment/bitset.ts';
import type { SegmentView } from '../segment/segment.ts';
import type { AggregationType, Aggregator, Batch, Children, Context } from './aggregation.ts';
import { EMPTY } from './aggregation.ts';
import { grown } from './growable.ts';
import { noMetric } from './no-metric.ts';
import { perSegment } from './per-segment.ts';
import { queriesOf } from './queries-of.ts';
import { selected } from './single-bucket.ts';

/** A bucket for each of several queries, and one for what matches none. */
export const filters: AggregationType = (body) => {
  const options = new Options('filters', body, ['filters', 'other_bucket', 'other_bucket_key', 'keyed']);
  const given = options.value('filters');
  const named = isObject(given);
  if (!named && !Array.isArray(given)) throw illegalArgument('[filters] cannot be null.');
  const queries = Object.values(given);
  if (queries.length === 0) throw illegalArgument('[filters] cannot be empty.');
  const otherKey = options.string('other_bucket_key');
  const names = named ? Object.keys(given) : undefined;
  const other = options.boolean('other_bucket') ?? otherKey !== undefined;
  if (other) names?.push(otherKey ?? '_other_');
  const keyed = options.boolean('keyed') ?? true;
  return (context, children) =>
    new Filters(context, children, { matches: queries.map((query) => queriesOf(context, query)), names, other, keyed });
};

interface Filtering {
  readonly matches: readonly ((view: SegmentView) => Bitset)[];
  /** Undefined for a list of queries without names. */
  readonly names: readonly string[] | undefined;
  readonly other: boolean;
  readonly keyed: boolean;
}

/** Bucket number = owner × number of buckets + place of the query. */
class Filters implements Aggregator {
  readonly type = 'filters';
  readonly children: Children;
  readonly metric: Aggregator['metric'] = noMetric('filters');
  private readonly context: Context;
  private readonly filtering: Filtering;
  private readonly width: number;
  private counts: Uint32Array = new Uint32Array(1);
  /** The documents of each bucket. */
  private readonly sets: (view: SegmentView) => readonly Bitset[] = perSegment((view) => {
    const sets = this.filtering.matches.map((matches) => matches(view));
    if (!this.filtering.other) return sets;
    const none = new Bitset(view.segment.documentCount);
    for (const set of sets) none.or(set);
    return [...sets, none.not()];
  });

  constructor(context: Context, children: Children, filtering: Filtering) {
    this.context = context;
    this.children = children;
    this.filtering = filtering;
    this.width = filtering.matches.length + Number(filtering.other);
  }

  collect(batch: Batch): void {
    this.counts = grown(this.counts, batch.ownerCount * this.width);
    this.sets(batch.view).forEach((set, place) => this.pass(selected(batch, set), place));
  }

  result(owner: number): Record<string, unknown> {
    this.context.countBuckets(this.width);
    const bodies = Array.from({ length: this.width }, (_, place) => {
      const bucket = owner === EMPTY ? EMPTY : owner * this.width + place;
      return { doc_count: this.counts[bucket] ?? 0, ...this.children.results(bucket) };
    });
    const { names, keyed } = this.filtering;
    if (names === undefined) return { buckets: bodies };
    if (!keyed) return { buckets: bodies.map((body, place) => ({ key: names[place], ...body })) };
    return { buckets: Object.fromEntries(bodies.map((body, place) => [names[place]!, body])) };
  }

  private pass(batch: Batch, place: number): void {
    const { width } = this;
    const owners =
      batch.owners?.map((owner) => owner * width + place) ?? new Uint32Array(batch.documents.length).fill(place);
    for (const owner of owners) this.counts[owner]!++;
    this.children.collect({ ...batch, owners, ownerCount: batch.ownerCount * width });
  }
}
