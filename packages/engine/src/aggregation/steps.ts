import { ElasticError, illegalArgument } from '../errors.ts';
import { reduceFailure } from '../wire/shard-failure.ts';
import type { Interval } from './interval.ts';
import type { Stretch, Zone } from '../mapping/zone.ts';

/** The steps of a histogram over a range of values, numbered from 0. */
export interface Steps {
  readonly count: number;
  /** The step of every value, written to `indices`; all values must lie in the range. */
  indexAll(values: Float64Array, indices: Uint32Array): Uint32Array;
  start(index: number): number;
}

/** Steps of equal length: the steps start at `offset` + n × `length`. */
export function evenSteps(length: number, offset: number, minimum: number, maximum: number): Steps {
  const first = Math.floor((minimum - offset) / length);
  const count = maximum < minimum ? 0 : Math.floor((maximum - offset) / length) - first + 1;
  if (!(count < 0xffff_ffff)) throw tooManyBuckets();
  return {
    count,
    start: (index) => (first + index) * length + offset,
    indexAll(values, indices) {
      for (let i = 0; i < values.length; i++) indices[i] = Math.floor((values[i]! - offset) / length) - first;
      return indices;
    },
  };
}

/** Steps of a date histogram, in a time zone, moved by `offset` ms. Values are ms since 1970. */
export function dateSteps(interval: Interval, zone: Zone, offset: number, minimum: number, maximum: number): Steps {
  if (maximum < minimum) return evenSteps(1, 0, 0, -1);
  const reach = Math.abs(offset) + MARGIN;
  if (!(minimum - reach > -LATEST && maximum + reach < LATEST)) {
    throw illegalArgument(
      `the range of the date histogram, [${minimum}] to [${maximum}], moved by [${offset}], is beyond all dates`,
    );
  }
  const stretches = zone.stretches(minimum - offset - MARGIN, maximum - offset + MARGIN);
  const { length } = interval;
  const first = stretches[0]!.offset;
  if (length !== undefined && stretches.every((stretch) => (stretch.offset - first) % length === 0)) {
    return evenSteps(length, interval.floor(0) - first + offset, minimum, maximum);
  }
  return listedSteps(
    listStarts(interval, stretches, minimum - offset, maximum - offset).map((start) => start + offset),
  );
}

/** Longer than any calendar interval, so that the offset at the start of the first one is known. */
export const MARGIN: number = 367 * 86_400_000;
/** The last moment that a Date can be, in ms. */
const LATEST = 8.64e15;
const MOST_STARTS = 100_000;

/** Every start from the one at or before `minimum` on. In a gap of local time the step starts at its end; in an overlap, the first time. */
function listStarts(interval: Interval, stretches: readonly Stretch[], minimum: number, maximum: number): Float64Array {
  const starts: number[] = [];
  for (let local = interval.floor(minimum + offsetAt(stretches, minimum)); ; local = interval.next(local)) {
    const start = toUtc(stretches, local);
    if (start > maximum) return Float64Array.from(starts);
    if (starts.length === 0 || start > starts.at(-1)!) starts.push(start);
    if (starts.length > MOST_STARTS) throw tooManyBuckets();
  }
}

function offsetAt(stretches: readonly Stretch[], time: number): number {
  return stretches.findLast((stretch) => stretch.at <= time)!.offset;
}

function toUtc(stretches: readonly Stretch[], local: number): number {
  for (let i = 0; i < stretches.length; i++) {
    const time = local - stretches[i]!.offset;
    const end = stretches[i + 1]?.at ?? Infinity;
    if (time < end) return Math.max(time, stretches[i]!.at);
  }
  return local;
}

function listedSteps(starts: Float64Array): Steps {
  return {
    count: starts.length,
    start: (index) => starts[index]!,
    indexAll(values, indices) {
      let step = 0;
      for (let i = 0; i < values.length; i++) {
        const value = values[i]!;
        // A log is nearly in order of time: the last step is nearly always the right one.
        if (value < starts[step]! || value >= (starts[step + 1] ?? Infinity)) step = search(starts, value);
        indices[i] = step;
      }
      return indices;
    },
  };
}

/** The last start at or before the value. */
function search(starts: Float64Array, value: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (starts[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Elasticsearch's `search.max_buckets`. */
export const MOST_BUCKETS = 65_536;

/** Wrapped as Elasticsearch does: no shard is to blame. 400, as it is since 8.17; 503 before made clients try again in vain. */
export function tooManyBuckets(): ElasticError {
  const reason =
    `Trying to create too many buckets. Must be less than or equal to: [${MOST_BUCKETS}] but this number of buckets was exceeded. ` +
    'This limit can be set by changing the [search.max_buckets] cluster level setting.';
  return reduceFailure(
    new ElasticError(400, 'too_many_buckets_exception', reason, { details: { max_buckets: MOST_BUCKETS } }),
  );
}
