import { ElasticError } from '../errors.ts';

const UNITS = 'yMwdhHms';

/**
 * A moment of a range query: a date in the field's format, or `now`, with date math: `now-1d/d`, `2023-11-14||+1M/d`.
 * `roundUp` gives the last millisecond of what is rounded or not written.
 * https://www.elastic.co/guide/en/elasticsearch/reference/8.11/common-options.html#date-math
 * @param clock of the time zone whose days and months are counted in
 * @throws ElasticError 400 `parse_exception`
 */
export function readMoment(
  text: string,
  parse: (text: string, roundUp: boolean) => number,
  roundUp: boolean,
  now: number,
  clock: Clock = UTC,
): number {
  const [anchor, math] = text.startsWith('now') ? [now, text.slice(3)] : splitAnchor(text);
  // A date that math follows is taken as it is written.
  const start = typeof anchor === 'number' ? anchor : parse(anchor, roundUp && math === '');
  return math === '' ? start : clock.toUtc(applyMath(clock.toLocal(start), math, roundUp));
}

/** A time zone: from ms since 1970 to what its clocks show, as if that were UTC, and back. */
export interface Clock {
  toLocal(time: number): number;
  toUtc(local: number): number;
}

const UTC: Clock = { toLocal: (time) => time, toUtc: (local) => local };

function splitAnchor(text: string): readonly [string, string] {
  const at = text.indexOf('||');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 2)];
}

function applyMath(start: number, math: string, roundUp: boolean): number {
  let time = new Date(start);
  let at = 0;
  const step = new RegExp(`([+-])(\\d*)([${UNITS}])|/([${UNITS}])`, 'y');
  while (at < math.length) {
    step.lastIndex = at;
    const match = step.exec(math);
    if (!match) throw notMath(math.slice(at));
    const [whole, sign, amount, unit, rounding] = match;
    if (rounding)
      time = roundUp ? new Date(add(floor(time, rounding), rounding, 1).getTime() - 1) : floor(time, rounding);
    else time = add(time, unit!, Number(amount || '1') * (sign === '-' ? -1 : 1));
    at += whole.length;
  }
  return time.getTime();
}

function notMath(math: string): ElasticError {
  const [, unit] = /^(?:[+-]\d*|\/)(.?)/s.exec(math) ?? [];
  if (unit === undefined) return mathError(`operator not supported for date math [${math}]`);
  return mathError(
    unit === '' ? `truncated date math [${math}]` : `unit [${unit}] not supported for date math [${math}]`,
  );
}

function mathError(reason: string): ElasticError {
  return new ElasticError(400, 'parse_exception', reason);
}

function add(time: Date, unit: string, amount: number): Date {
  const moved = new Date(time);
  if (unit === 'y' || unit === 'M') {
    const months = unit === 'y' ? 12 * amount : amount;
    const day = moved.getUTCDate();
    moved.setUTCDate(1);
    moved.setUTCMonth(moved.getUTCMonth() + months);
    moved.setUTCDate(
      Math.min(day, new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate()),
    );
    return moved;
  }
  const seconds: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3600, H: 3600, m: 60, s: 1 };
  return new Date(moved.getTime() + amount * seconds[unit]! * 1000);
}

function floor(time: Date, unit: string): Date {
  const [year, month, day] = [time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate()];
  if (unit === 'y') return new Date(Date.UTC(year, 0, 1));
  if (unit === 'M') return new Date(Date.UTC(year, month, 1));
  // Weeks begin on Monday.
  if (unit === 'w') return new Date(Date.UTC(year, month, day - ((time.getUTCDay() + 6) % 7)));
  const milliseconds: Readonly<Record<string, number>> = {
    d: 86_400_000,
    h: 3_600_000,
    H: 3_600_000,
    m: 60_000,
    s: 1000,
  };
  const length = milliseconds[unit]!;
  return new Date(Math.floor(time.getTime() / length) * length);
}
