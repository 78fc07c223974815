/** The written parts of a moment; what is not written is undefined. */
export interface DateParts {
  readonly year?: string | undefined;
  readonly month?: string | undefined;
  readonly day?: string | undefined;
  readonly hour?: string | undefined;
  readonly minute?: string | undefined;
  readonly second?: string | undefined;
  /** Digits after the decimal mark. */
  readonly fraction?: string | undefined;
  /** East of UTC, in minutes. */
  readonly offset?: number | undefined;
}

/**
 * ms since 1970 in UTC, or undefined for a day or time that does not exist. What is missing is the earliest there is;
 * with `roundUp` the latest of the day, so that `lte: 2023-11-14` takes the whole day in, but `lte: 2023-11` only its first, as in Elasticsearch
 * (JavaDateFormatter's ROUND_UP_BASE_FIELDS).
 */
export function timeOf(parts: DateParts, roundUp: boolean): number | undefined {
  const year = Number(parts.year ?? 1970);
  const month = part(parts.month, 1);
  const day = part(parts.day, 1);
  const hour = part(parts.hour, roundUp ? 23 : 0);
  const minute = part(parts.minute, roundUp ? 59 : 0);
  const second = part(parts.second, roundUp ? 59 : 0);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const millisecond =
    parts.fraction === undefined ? (roundUp ? 999 : 0) : Number(parts.fraction.slice(0, 3).padEnd(3, '0'));
  const date = new Date(0);
  // Unlike Date.UTC, this takes the year 99 for what it is.
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() + ((hour * 60 + minute - (parts.offset ?? 0)) * 60 + second) * 1000 + millisecond;
}

/** Minutes east of UTC of `Z`, `+01`, `+0100` or `+01:00`; 0 when nothing is written. */
export function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return zone.startsWith('-') ? -minutes : minutes;
}

function part(written: string | undefined, otherwise: number): number {
  return written === undefined ? otherwise : Number(written);
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}
