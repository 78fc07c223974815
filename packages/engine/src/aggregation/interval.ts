/** A step of a date histogram in local time: a fixed number of ms, or a unit of the calendar. */
export interface Interval {
  /** ms, for what is always the same length in local time; undefined for months and longer. */
  readonly length: number | undefined;
  /** Start of the interval that has the local time (ms since 1970 as if it were UTC). */
  floor(local: number): number;
  /** Start of the interval after the one that starts at `local`. */
  next(local: number): number;
}

/** `90m`, `1d`, `500ms`: undefined when it is none. Elasticsearch's units: nanos, micros, ms, s, m, h, d. */
export function parseFixedInterval(text: string): Interval | undefined {
  const length = parseDuration(text);
  return length === undefined || length < 1 ? undefined : uniform(length, 0);
}

/** `hour` or `1h` and the like: undefined for what is not one unit of the calendar. */
export function parseCalendarInterval(text: string): Interval | undefined {
  const unit = CALENDAR[text];
  if (unit === undefined) return undefined;
  return typeof unit === 'number' ? months(unit) : unit;
}

/** A duration such as `15m`, `+6h`, `-1d` in ms. */
export function parseDuration(text: string): number | undefined {
  const match = /^([+-]?)(\d+(?:\.\d+)?)(nanos|micros|ms|s|m|h|H|d)$/.exec(text.trim());
  if (match === null) return undefined;
  const length = Math.trunc(Number(match[2]) * UNITS[match[3]!]!);
  return match[1] === '-' ? -length : length;
}

const UNITS: Readonly<Record<string, number>> = {
  nanos: 1e-6,
  micros: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  H: 3_600_000,
  d: 86_400_000,
};

function uniform(length: number, origin: number): Interval {
  return {
    length,
    floor: (local) => Math.floor((local - origin) / length) * length + origin,
    next: (local) => local + length,
  };
}

// 1970-01-01 was a Thursday: weeks start on Monday, 4 days later.
const WEEK = uniform(604_800_000, 345_600_000);

/** A number is a count of months. */
const CALENDAR: Readonly<Record<string, Interval | number>> = {
  '1s': uniform(1000, 0),
  second: uniform(1000, 0),
  '1m': uniform(60_000, 0),
  minute: uniform(60_000, 0),
  '1h': uniform(3_600_000, 0),
  hour: uniform(3_600_000, 0),
  '1d': uniform(86_400_000, 0),
  day: uniform(86_400_000, 0),
  '1w': WEEK,
  week: WEEK,
  '1M': 1,
  month: 1,
  '1q': 3,
  quarter: 3,
  '1y': 12,
  year: 12,
};

function months(count: number): Interval {
  return {
    length: undefined,
    floor(local) {
      const date = new Date(local);
      return startOfMonth(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / count) * count);
    },
    next(local) {
      const date = new Date(local);
      return startOfMonth(date.getUTCFullYear(), date.getUTCMonth() + count);
    },
  };
}

/** Date.UTC without its reading of the years 0 to 99 as 1900 to 1999. */
function startOfMonth(year: number, month: number): number {
  return new Date(0).setUTCFullYear(year, month, 1);
}
