import { isIP } from 'node:net';
import { unescapeToken } from '../escape.ts';
import type { AccessEvent, Level, RequestFacts, Verdict } from '../event.ts';

/** The parts of a classic line as they are written. */
export interface ClassicParts {
  /** Local time: `2023-11-14 10:23:01,446` */
  time: string;
  /** `INFO`, `WARNING`, `ERROR` */
  level: string;
  message: string;
  /** What stands after `IP:`, an address or not. */
  ip: string;
}

// Written by hand over the years, lines vary: `IP:` with and without a space after it, `-  Authorized` with two.
const LINE = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) - \[([A-Z]+)\] -\s+(\S(?:.*\S)?)\s+-\s+IP:\s*(\S+)\s*$/;
const MESSAGE = /^(Authorized|Unauthorized|Failed)\s+-\s+(\S+) request\s+-\s+(on|at)\s+(.+)$/;
const LEVELS: Record<string, Level> = { INFO: 'info', WARNING: 'warning', ERROR: 'error' };

/** Takes a classic line apart, whatever its message says; undefined when it is no classic line. */
export function splitClassic(line: string): ClassicParts | undefined {
  const [, time, level, message, ip] = LINE.exec(line) ?? [];
  if (time === undefined || level === undefined || message === undefined || ip === undefined) return undefined;
  return { time, level, message, ip };
}

/**
 * The event of a classic line, as much of it as the line carries; undefined when the line is not about a request.
 * The time is taken as local: of the hour that a change to winter time repeats, the first is meant.
 */
export function parseClassic(line: string): AccessEvent | undefined {
  const parts = splitClassic(line);
  const level = LEVELS[parts?.level ?? ''];
  const [, opening, method, , place] = MESSAGE.exec(parts?.message ?? '') ?? [];
  const timestamp = readLocalTime(parts?.time ?? '');
  if (parts === undefined || level === undefined || method === undefined || place === undefined) return undefined;
  const verdict = readVerdict(opening, level, place);
  if (verdict === undefined || timestamp === undefined) return undefined;
  return {
    timestamp,
    level,
    verdict,
    outcome: verdict === 'authorized' || verdict === 'tolerated' ? 'success' : 'failure',
    message: parts.message,
    method: unescapeToken(method),
    ...readPlace(place),
    ...(isIP(parts.ip) > 0 ? { clientIp: parts.ip } : {}),
  };
}

function readVerdict(opening: string | undefined, level: Level, place: string): Verdict | undefined {
  if (opening === 'Failed') return level === 'error' ? 'failed' : undefined;
  if (opening === 'Authorized') return level === 'info' ? 'authorized' : undefined;
  if (level === 'error') return 'refused';
  if (level !== 'warning') return undefined;
  return place.startsWith('an unknown page ') ? 'unknown' : 'tolerated';
}

function readPlace(place: string): Pick<RequestFacts, 'path' | 'route' | 'page'> {
  const [, address] = /^(?:an unknown |the )?page (\S+)$/.exec(place) ?? [];
  if (address === undefined) return { page: place.replace(/^the /, '') };
  const text = unescapeToken(address);
  if (text === '-') return {};
  return !place.startsWith('an ') && /\/:|\*/.test(text) ? { route: text } : { path: text };
}

function readLocalTime(text: string): number | undefined {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0] = text
    .split(/\D/)
    .map(Number);
  const time = new Date(year, month - 1, day, hour, minute, second, millisecond);
  // `new Date` makes the 31st of February a day in March.
  return time.getMonth() === month - 1 && time.getDate() === day ? time.getTime() : undefined;
}
