import { type ElasticError, illegalArgument } from '../errors.ts';
import type { Field } from '../mapping/field.ts';
import { shardFailure } from '../wire/shard-failure.ts';
import { isObject, Options } from '../wire/options.ts';
import type { AggregationType, Context } from './aggregation.ts';
import { type BoundField, bindField } from './bound-field.ts';
import {
  type Bounds,
  Histogram,
  HISTOGRAM_MEMBERS,
  parseHistogramOptions,
  UNBOUNDED,
  valueRange,
} from './histogram-aggregator.ts';
import { type Interval, parseCalendarInterval, parseDuration, parseFixedInterval } from './interval.ts';
import { missingNumber, SOURCE_MEMBERS, sourceField } from './source-field.ts';
import { dateSteps, MARGIN, type Steps } from './steps.ts';
import { offsetText, parseZone, type Zone } from '../mapping/zone.ts';

const MEMBERS = [
  ...SOURCE_MEMBERS,
  ...HISTOGRAM_MEMBERS.filter((member) => member !== 'interval'),
  'calendar_interval',
  'fixed_interval',
  'time_zone',
];

/** Buckets over time, of a fixed length or a unit of the calendar, in any time zone. */
export const dateHistogram: AggregationType = (body, name) => {
  const options = new Options('date_histogram', body, MEMBERS);
  const fieldName = sourceField(options);
  const interval = parseInterval(options);
  const zone = readZone(options);
  const offset = parseOffset(options);
  const common = parseHistogramOptions(options);
  const format = options.string('format');
  return (context, children) => {
    if (interval === undefined) throw failure(context, 'Invalid interval specified, must be non-null and non-empty');
    const bound = bindField(context, fieldName, 'date_histogram', ['numbers']);
    const missing = missingNumber(bound, options.value('missing'));
    const extended = parseBounds(options, 'extended_bounds', bound);
    if (extended.minimum > extended.maximum) throw failure(context, wrongBounds(extended, name));
    const given = parseBounds(options, 'hard_bounds', bound);
    const [minimum, maximum] = valueRange(bound, missing, extended, given);
    const steps = dateSteps(interval, zone, offset, minimum, maximum);
    const show = dateShower(bound.field, zone, format, minimum, maximum);
    const hard = startsOf(given, steps);
    return new Histogram(
      context,
      children,
      { type: 'date_histogram', bound, missing, steps, extended, hard, show },
      common,
    );
  };
};

function parseInterval(options: Options): Interval | undefined {
  const calendar = options.string('calendar_interval');
  const fixed = options.string('fixed_interval');
  if (calendar !== undefined && fixed !== undefined) {
    throw options.failed(
      'calendar_interval',
      'Cannot use [calendar_interval] with [fixed_interval] configuration option.',
    );
  }
  if (calendar !== undefined) {
    const interval = parseCalendarInterval(calendar);
    if (interval !== undefined) return interval;
    const reason = `The supplied interval [${calendar}] could not be parsed as a calendar interval.`;
    throw options.failed('calendar_interval', reason);
  }
  if (fixed === undefined) return undefined;
  const interval = parseFixedInterval(fixed);
  if (interval !== undefined) return interval;
  const reason = `failed to parse setting [date_histogram.fixedInterval] with value [${fixed}] as a time value: unit is missing or unrecognized`;
  throw options.failed('fixed_interval', reason);
}

function readZone(options: Options): Zone {
  const name = options.string('time_zone') ?? 'UTC';
  const zone = parseZone(name);
  if (zone === undefined) throw options.failed('time_zone', `Unknown time-zone ID: ${name}`, 'zone_rules_exception');
  return zone;
}

function parseOffset(options: Options): number {
  const value = options.value('offset');
  if (typeof value === 'number') return value;
  const text = options.string('offset') ?? '0s';
  const offset = parseDuration(text);
  if (offset !== undefined) return offset;
  throw options.failed(
    'offset',
    `failed to parse setting [DateHistogramAggregationBuilder.parseOffset] with value [${text}] as a time value: unit is missing or unrecognized`,
  );
}

function parseBounds(options: Options, member: string, bound: BoundField): Bounds {
  const value = options.value(member);
  if (value === undefined || bound.field === undefined) return UNBOUNDED;
  if (!isObject(value)) throw options.failed(member, 'Expected an object with [min] and [max]');
  const ends = new Options(member, value, ['min', 'max']);
  const end = (name: string): number => (ends.has(name) ? bound.field!.numberOf(ends.value(name)) : Number.NaN);
  return { minimum: end('min'), maximum: end('max') };
}

/** Elasticsearch rounds hard bounds down to the starts of their steps. */
function startsOf({ minimum, maximum }: Bounds, steps: Steps): Bounds {
  const start = (time: number): number =>
    Number.isNaN(time) ? time : steps.start(steps.indexAll(Float64Array.of(time), new Uint32Array(1))[0]!);
  return { minimum: start(minimum), maximum: start(maximum) };
}

function wrongBounds({ minimum, maximum }: Bounds, name: string): string {
  return `[extended_bounds.min][${minimum}] cannot be greater than [extended_bounds.max][${maximum}] for histogram aggregation [${name}]`;
}

function failure(context: Context, reason: string): ElasticError {
  return shardFailure(illegalArgument(reason), context.searchers[0]?.index ?? '');
}

/** Keys in local time: the field writes the moved time as UTC, and the zone's offset takes the place of the `Z`. */
function dateShower(
  field: Field | undefined,
  zone: Zone,
  format: string | undefined,
  minimum: number,
  maximum: number,
): (start: number) => { shown: Record<string, unknown>; name: string } {
  const stretches = maximum < minimum ? [] : zone.stretches(minimum - MARGIN, maximum);
  // A format that counts from the epoch knows no local time.
  const absolute = field?.showNumber(0, format) === '0';
  return (start) => {
    const offset = absolute ? 0 : (stretches.findLast((stretch) => stretch.at <= start)?.offset ?? 0);
    const utc = field?.showNumber(start + offset, format) ?? String(start);
    const text = offset === 0 ? utc : utc.replace(/Z$/, offsetText(offset));
    return { shown: { key_as_string: text, key: start }, name: text };
  };
}
