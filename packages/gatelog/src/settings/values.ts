/**
 * What an option holds. `text`: a string. `integer`: a whole number ≥ 0. `port`: one up to 65,535. `duration`: `500ms`, `30s`, `5m`, `1h`,
 * `7d`, kept in milliseconds. `size`: `512`, `64kb`, `5mb`, `1gb` (powers of 1,024), kept in bytes. `flag`: given or
 * not. `list`: a string that may be given many times.
 */
export type ValueKind = 'text' | 'integer' | 'port' | 'duration' | 'size' | 'flag' | 'list';

export type Value = string | number | boolean | readonly string[];

const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const BYTES: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 1_024, mb: 1_048_576, gb: 1_073_741_824 };

/**
 * Reads one value as it was written on the command line, in the environment or in the settings file.
 * Throws a plain `Error` whose message says what was expected; the caller knows which setting it was.
 */
export function parseValue(kind: ValueKind, text: string, choices?: readonly string[]): Value {
  if (choices && !choices.includes(text)) throw new Error(`it must be one of ${choices.join(', ')}`);
  switch (kind) {
    case 'integer':
      return parseInteger(text);
    case 'port':
      return parsePort(text);
    case 'duration':
      return parseDuration(text);
    case 'size':
      return parseSize(text);
    case 'flag':
      return parseFlag(text);
    case 'list':
      return [text];
    case 'text':
      return text;
  }
}

/** A duration such as `90s` or `1h`, in milliseconds. */
export function parseDuration(text: string): number {
  const [, digits, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(text) ?? [];
  if (!digits || !unit) throw new Error('it must be a duration such as 500ms, 30s, 5m, 1h or 7d');
  return Number(digits) * (MILLISECONDS[unit] ?? 0);
}

function parseInteger(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) throw new Error('it must be a whole number');
  return value;
}

function parsePort(text: string): number {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
  if (value > 65_535) throw new Error('it must be a port number, from 0 to 65535');
  return value;
}

function parseSize(text: string): number {
  const [, digits, unit] = /^(\d+)(|b|kb|mb|gb)$/i.exec(text) ?? [];
  if (!digits || unit === undefined) throw new Error('it must be a size such as 512kb, 5mb or 1gb');
  return Number(digits) * (BYTES[unit.toLowerCase()] ?? 0);
}

function parseFlag(text: string): boolean {
  if (text === 'true') return true;
  if (text === 'false') return false;
  throw new Error('it must be true or false');
}
