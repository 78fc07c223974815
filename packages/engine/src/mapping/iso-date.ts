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
      const usual = usualTime(text);
      if (usual !== undefined) return usual;
      const match = pattern.exec(text);
      if (!match) return undefined;
      const [, year, month, day, hour, minute, second, fraction, zone] = match;
      return timeOf({ year, month, day, hour, minute, second, fraction, offset: offsetOf(zone) }, roundUp);
    },
    print: (time) => new Date(time).toISOString(),
  };
}

/**
 * `2023-11-14T10:23:05.128Z`, which programs write: read by the digits, ten times as fast as by a pattern.
 * Undefined for any other form, and for days that not every month has.
 */
function usualTime(text: string): number | undefined {
  if (text.length !== 24 || text.charCodeAt(23) !== CODE.Z || text.charCodeAt(10) !== CODE.T) return undefined;
  const dashes = text.charCodeAt(4) === CODE.DASH && text.charCodeAt(7) === CODE.DASH;
  const colons = text.charCodeAt(13) === CODE.COLON && text.charCodeAt(16) === CODE.COLON;
  if (!dashes || !colons || text.charCodeAt(19) !== CODE.DOT) return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  const millisecond = digits(text, 20, 23);
  // A part with something else than digits is NaN, which no comparison holds for.
  if (!(year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= 28)) return undefined;
  if (!(hour < 24 && minute < 60 && second < 60 && millisecond < 1000)) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
}

const CODE = { DASH: 45, DOT: 46, ZERO: 48, COLON: 58, T: 84, Z: 90 };

function digits(text: string, start: number, end: number): number {
  let number = 0;
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i) - CODE.ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}
