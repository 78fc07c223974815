import type { DateFormat } from './date-format.ts';
import { offsetOf, timeOf } from './time-of.ts';

const STRICT =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(?:(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?)?)?$/;
const LENIENT =
  /^(\d{1,9})(?:-(\d{1,2})(?:-(\d{1,2})(?:T(?:(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?)?)?$/;

/** `2023-11-14T10:23:05.128Z`, everything after the year optional: Elasticsearch's date_optional_time. */
export function isoFormat({ strict }: { readonly strict: boolean }): DateFormat {
  const pattern = strict ? STRICT : LENIENT;
  return {
    parse: (text, roundUp = false) => {
      const match = pattern.exec(text);
      if (!match) return undefined;
      const [, year, month, day, hour, minute, second, fraction, zone] = match;
      return timeOf({ year, month, day, hour, minute, second, fraction, offset: offsetOf(zone) }, roundUp);
    },
    print: (time) => new Date(time).toISOString(),
  };
}
