import { illegalArgument } from '../errors.ts';
import { isoFormat } from './iso-date.ts';
import { patternFormat } from './pattern-date.ts';

/** A way to write moments. Times without a zone are UTC. */
export interface DateFormat {
  /** ms since 1970, or undefined for text of another form. `roundUp` fills what is not written with the latest there is. */
  parse(text: string, roundUp?: boolean): number | undefined;
  print(time: number): string;
}

export const DEFAULT_DATE_FORMAT = 'strict_date_optional_time||epoch_millis';

const LARGEST_TIME = 8.64e15;

const NAMED: Readonly<Record<string, () => DateFormat>> = {
  strict_date_optional_time: () => isoFormat({ strict: true }),
  strict_date_optional_time_nanos: () => isoFormat({ strict: true }),
  date_optional_time: () => isoFormat({ strict: false }),
  iso8601: () => isoFormat({ strict: true }),
  epoch_millis: () => epochFormat(1),
  epoch_second: () => epochFormat(1000),
  strict_date: () => patternFormat('yyyy-MM-dd'),
  date: () => patternFormat('yyyy-MM-dd'),
  basic_date: () => patternFormat('yyyyMMdd'),
  strict_date_time: () => patternFormat("yyyy-MM-dd'T'HH:mm:ss.SSSXXX"),
  date_time: () => patternFormat("yyyy-MM-dd'T'HH:mm:ss.SSSXXX"),
  strict_date_time_no_millis: () => patternFormat("yyyy-MM-dd'T'HH:mm:ssXXX"),
  date_time_no_millis: () => patternFormat("yyyy-MM-dd'T'HH:mm:ssXXX"),
  strict_date_hour_minute_second: () => patternFormat("yyyy-MM-dd'T'HH:mm:ss"),
  date_hour_minute_second: () => patternFormat("yyyy-MM-dd'T'HH:mm:ss"),
  strict_year_month: () => patternFormat('yyyy-MM'),
  strict_year: () => patternFormat('yyyy'),
  year: () => patternFormat('yyyy'),
};

const made = new Map<string, DateFormat>();

/**
 * The format of a `format` parameter: names of Elasticsearch or Java's pattern letters, alternatives with `||`; the first prints.
 * @throws ElasticError 400 for what it cannot read
 */
export function dateFormat(format: string): DateFormat {
  const known = made.get(format);
  if (known) return known;
  const alternatives = format
    .split('||')
    .map((one) => (Object.hasOwn(NAMED, one) ? NAMED[one]!() : patternFormat(one)));
  const [first] = alternatives;
  if (!first) throw illegalArgument(`Invalid format: [${format}]`);
  const parse = (text: string, roundUp?: boolean): number | undefined => {
    for (const alternative of alternatives) {
      const time = alternative.parse(text, roundUp);
      if (time !== undefined) return time;
    }
    return undefined;
  };
  const combined = { parse, print: first.print };
  // Formats come from mappings and queries; a client must not fill the memory with them.
  if (made.size < 500) made.set(format, combined);
  return combined;
}

function epochFormat(unit: number): DateFormat {
  return {
    parse: (text) => {
      const time = /^-?\d{1,19}(?:\.\d{1,9})?$/.test(text) ? Math.floor(Number(text) * unit) : Number.NaN;
      return Math.abs(time) <= LARGEST_TIME ? time : undefined;
    },
    print: (time) => String(time / unit),
  };
}
