import { parseDuration } from '../settings/values.ts';

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const DATE_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d{1,3})?)?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * The moment a person means, in ms since 1970: `1h` is an hour before `now`, `2023-11-14` is a local day (its first
 * moment, or its end for `boundary` "until"), `2023-11-14 10:23` and `2023-11-14T10:23:00Z` are moments, local when
 * no zone is given. Throws a plain `Error` that says what was expected.
 */
export function parseMoment(text: string, boundary: 'since' | 'until', now: number): number {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year !== undefined) {
    const start = new Date(Number(year), Number(month) - 1, Number(day) + (boundary === 'until' ? 1 : 0));
    if (isRealDay(Number(year), Number(month), Number(day))) return start.getTime();
  }
  const moment = DATE_TIME.test(text) ? Date.parse(text.replace(' ', 'T').replace(',', '.')) : Number.NaN;
  if (!Number.isNaN(moment)) return moment;
  if (/^\d+(ms|s|m|h|d)$/.test(text)) return now - parseDuration(text);
  throw new Error('it must be a time such as 1h, 7d, 2023-11-14 or 2023-11-14T10:23:00Z');
}

/** `2023-11-14 10:23:05` in local time, with milliseconds behind a comma when asked for (the classic line's time). */
export function localTime(moment: number, withMilliseconds: boolean): string {
  const time = new Date(moment);
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
  return withMilliseconds ? `${date} ${clock},${String(time.getMilliseconds()).padStart(3, '0')}` : `${date} ${clock}`;
}

function isRealDay(year: number, month: number, day: number): boolean {
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
