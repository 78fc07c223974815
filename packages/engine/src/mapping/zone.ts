const HOUR = 3_600_000;
const WEEK = 168 * HOUR;

/** From `at` (ms since 1970, −Infinity for the first) on, local time is UTC + `offset` ms. */
export interface Stretch {
  readonly at: number;
  readonly offset: number;
}

/** A time zone as Elasticsearch takes it: `Europe/Prague`, `UTC`, `Z`, `+02:00`. */
export interface Zone {
  /** The stretches of constant offset that cover the time from `from` to `to`. */
  stretches(from: number, to: number): readonly Stretch[];
}

/** Undefined for a name no zone has. */
export function parseZone(name: string): Zone | undefined {
  const fixed = fixedOffset(name);
  if (fixed !== undefined) return { stretches: () => [{ at: -Infinity, offset: fixed }] };
  const offsetAt = offsetReader(name);
  return offsetAt === undefined ? undefined : { stretches: (from, to) => findStretches(offsetAt, from, to) };
}

/** `+02:00`, for a date written in local time. */
export function offsetText(offset: number): string {
  if (offset === 0) return 'Z';
  const minutes = Math.abs(offset) / 60_000;
  return `${offset < 0 ? '-' : '+'}${twoDigits(minutes / 60)}:${twoDigits(minutes % 60)}`;
}

function twoDigits(value: number): string {
  return String(Math.floor(value)).padStart(2, '0');
}

function fixedOffset(name: string): number | undefined {
  if (['UTC', 'GMT', 'Z', 'Etc/UTC'].includes(name)) return 0;
  const match = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(name);
  if (match === null) return undefined;
  const offset = (Number(match[2]) * 60 + Number(match[3] ?? 0)) * 60_000;
  return offset > 18 * HOUR ? undefined : match[1] === '-' ? -offset : offset;
}

const readers = new Map<string, (time: number) => number>();

function offsetReader(name: string): ((time: number) => number) | undefined {
  const known = readers.get(name);
  if (known !== undefined) return known;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  } catch {
    return undefined;
  }
  const reader = (time: number): number => {
    const zone = format.formatToParts(time).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
    return fixedOffset(zone) ?? 0;
  };
  readers.set(name, reader);
  return reader;
}

/** Looks week by week for a changed offset and halves the week to find the moment: no zone changes twice in a week. */
function findStretches(offsetAt: (time: number) => number, from: number, to: number): readonly Stretch[] {
  // A stray date centuries away must not cost a million look-ups: there a change may be missed, and nobody looks there.
  const step = Math.max(WEEK, Math.ceil((to - from) / 3000));
  const stretches: Stretch[] = [{ at: -Infinity, offset: offsetAt(from) }];
  for (let time = from; time < to; time += step) {
    const before = stretches.at(-1)!.offset;
    if (offsetAt(time + step) === before) continue;
    let low = time;
    let high = time + step;
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000;
      if (middle <= low) break;
      if (offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    stretches.push({ at: Math.floor(high / 1000) * 1000, offset: offsetAt(high) });
  }
  return stretches;
}
