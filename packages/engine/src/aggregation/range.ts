import { illegalArgument, unsupported } from '../errors.ts';
import type { Field } from '../mapping/field.ts';
import { Double } from '../wire/json.ts';
import { doubleText } from '../wire/number-text.ts';
import { isObject, Options } from '../wire/options.ts';
import {
  type AggregationType,
  type Aggregator,
  type Batch,
  type Children,
  type Context,
  EMPTY,
} from './aggregation.ts';
import { type BoundField, bindField } from './bound-field.ts';
import { grown } from './growable.ts';
import { noMetric } from './no-metric.ts';
import { readNumbers } from './read-numbers.ts';
import { doubles, type Scratch } from './scratch.ts';
import { checkFormat, missingNumber, SOURCE_MEMBERS, sourceField } from './source-field.ts';

/** A bucket for each range of numbers; `from` is inside, `to` is not. */
export const range: AggregationType = rangeType('range');

/** The same over dates, with date math in the bounds. */
export const dateRange: AggregationType = rangeType('date_range');

function rangeType(type: 'range' | 'date_range'): AggregationType {
  return (body, name) => {
    const options = new Options(type, body, [...SOURCE_MEMBERS, 'ranges', 'keyed', 'time_zone']);
    const fieldName = sourceField(options);
    const ranges = parseRanges(options, name);
    if (options.has('time_zone')) throw unsupported(`[time_zone] of a [${type}] aggregation`);
    const keyed = options.boolean('keyed') ?? false;
    const format = options.string('format');
    return (context, children) => {
      const bound = bindField(context, fieldName, type, ['numbers']);
      checkFormat(bound, format);
      const missing = missingNumber(bound, options.value('missing'));
      const bounds = ranges.map((given) => bindRange(given, bound.field, format, type === 'date_range'));
      bounds.sort((left, right) => left.from - right.from || left.to - right.to);
      return new Ranges(type, context, children, { bound, missing, bounds, keyed });
    };
  };
}

function parseRanges(options: Options, name: string): Options[] {
  const ranges = options.value('ranges');
  if (!Array.isArray(ranges) || ranges.length === 0) {
    throw illegalArgument(`No [ranges] specified for the [${name}] aggregation`);
  }
  return ranges.map((entry: unknown) => {
    if (!isObject(entry)) throw options.failed('ranges', 'Expected an object with [from] and [to]');
    return new Options('range', entry, ['key', 'from', 'to']);
  });
}

interface Range {
  /** −Infinity and Infinity for an open end. */
  readonly from: number;
  readonly to: number;
  readonly key: string;
  /** The bucket's members before its count, without the key. */
  readonly shown: Record<string, unknown>;
}

function bindRange(given: Options, field: Field | undefined, format: string | undefined, dates: boolean): Range {
  const end = (name: 'from' | 'to', open: number): number => {
    if (!given.has(name)) return open;
    return dates && field !== undefined ? field.numberOf(given.value(name)) : given.number(name)!;
  };
  const from = end('from', -Infinity);
  const to = end('to', Infinity);
  const text = (value: number): string | undefined => field?.showNumber(value, format);
  const label = (value: number): string =>
    Number.isFinite(value) ? ((dates ? text(value) : undefined) ?? doubleText(value)) : '*';
  const shown: Record<string, unknown> = {};
  for (const [name, value] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (!Number.isFinite(value)) continue;
    shown[name] = new Double(value);
    if (text(value) !== undefined) shown[`${name}_as_string`] = text(value);
  }
  return { from, to, key: given.string('key') ?? `${label(from)}-${label(to)}`, shown };
}

interface Ranging {
  readonly bound: BoundField;
  readonly missing: number | undefined;
  readonly bounds: readonly Range[];
  readonly keyed: boolean;
}

/** Bucket number = owner × number of ranges + place of the range. */
class Ranges implements Aggregator {
  readonly type: string;
  readonly children: Children;
  readonly metric: Aggregator['metric'];
  private readonly context: Context;
  private readonly ranging: Ranging;
  private readonly values: Scratch<Float64Array> = doubles();
  private counts: Uint32Array = new Uint32Array(1);

  constructor(type: string, context: Context, children: Children, ranging: Ranging) {
    this.type = type;
    this.metric = noMetric(type);
    this.context = context;
    this.children = children;
    this.ranging = ranging;
  }

  collect(batch: Batch): void {
    const { bound, missing, bounds } = this.ranging;
    this.counts = grown(this.counts, batch.ownerCount * bounds.length);
    const valued = readNumbers(batch.view.segment.numbers(bound.name), batch, missing, this.values);
    bounds.forEach(({ from, to }, place) => {
      const documents: number[] = [];
      const owners: number[] = [];
      valued.values.forEach((value, i) => {
        if (value < from || value >= to) return;
        const document = valued.documents[i]!;
        const bucket = (valued.owners?.[i] ?? 0) * bounds.length + place;
        // A document with two values in the range counts once; its values are neighbours.
        if (documents.at(-1) === document && owners.at(-1) === bucket) return;
        documents.push(document);
        owners.push(bucket);
        this.counts[bucket]!++;
      });
      this.children.collect({
        view: batch.view,
        documents: Uint32Array.from(documents),
        owners: Uint32Array.from(owners),
        ownerCount: batch.ownerCount * bounds.length,
      });
    });
  }

  result(owner: number): Record<string, unknown> {
    const { bounds, keyed } = this.ranging;
    this.context.countBuckets(bounds.length);
    const bodies = bounds.map(({ key, shown }, place) => {
      const bucket = owner === EMPTY ? EMPTY : owner * bounds.length + place;
      const head = keyed ? shown : { key, ...shown };
      return { ...head, doc_count: this.counts[bucket] ?? 0, ...this.children.results(bucket) };
    });
    if (!keyed) return { buckets: bodies };
    return { buckets: Object.fromEntries(bodies.map((body, place) => [bounds[place]!.key, body])) };
  }
}
