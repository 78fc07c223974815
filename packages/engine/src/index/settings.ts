import { ElasticError, illegalArgument } from '../errors.ts';
import { asText } from '../wire/as-text.ts';

/** Settings of an index: flat, without the `index.` prefix, every value a string. */
export type Settings = Readonly<Record<string, string>>;

export const DEFAULT_SETTINGS: Settings = { number_of_shards: '1', number_of_replicas: '1' };

/**
 * Reads a `settings` body: nested or dotted, with or without `index.`. A null takes the setting back.
 * @throws ElasticError 400 for a setting that is unknown or has an impossible value
 */
export function mergeSettings(before: Settings, body: unknown): Settings {
  const settings = new Map(Object.entries(before));
  for (const [name, value] of flatten(body)) {
    const check = KNOWN.get(name);
    if (check === undefined) {
      throw illegalArgument(
        `unknown setting [index.${name}] please check that any required plugins are installed, or check the breaking changes documentation for removed settings`,
      );
    }
    if (value === null) {
      const initial = DEFAULT_SETTINGS[name];
      if (initial === undefined) settings.delete(name);
      else settings.set(name, initial);
      continue;
    }
    check(asText(value), name);
    settings.set(name, asText(value));
  }
  return Object.fromEntries(settings);
}

/** @throws ElasticError 400 when a change names what is fixed at creation. */
export function updateSettings(before: Settings, body: unknown, index: string): Settings {
  const after = mergeSettings(before, body);
  const fixed = FIXED.filter((name) => after[name] !== before[name]).map((name) => `index.${name}`);
  if (fixed.length > 0) {
    throw illegalArgument(`Can't update non dynamic settings [[${fixed.join(', ')}]] for open indices [[${index}]]`);
  }
  return after;
}

/** ms between automatic refreshes; −1: none. */
export function refreshInterval(settings: Settings): number {
  return milliseconds(settings['refresh_interval'] ?? '1s', 'refresh_interval');
}

type Check = (value: string, name: string) => unknown;

const FIXED = ['number_of_shards', 'codec'];

/** What this engine takes, and how it is checked. Those that have no meaning on one machine are kept and shown, and change nothing. */
const KNOWN: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['number_of_shards', (value, name) => wholeNumber(value, name, 1, 1024)],
  ['number_of_replicas', (value, name) => wholeNumber(value, name, 0, 2 ** 31 - 1)],
  ['refresh_interval', milliseconds],
  ['max_result_window', (value, name) => wholeNumber(value, name, 1, 2 ** 31 - 1)],
  ['mapping.total_fields.limit', (value, name) => wholeNumber(value, name, 0, 2 ** 31 - 1)],
  ['priority', (value, name) => wholeNumber(value, name, 0, 2 ** 31 - 1)],
  ['search.idle.after', milliseconds],
  ['translog.sync_interval', milliseconds],
  ...[
    'auto_expand_replicas',
    'codec',
    'hidden',
    'lifecycle.name',
    'translog.durability',
    'translog.flush_threshold_size',
  ].map((name): [string, Check] => [name, () => undefined]),
  ['routing.allocation.include._tier_preference', () => undefined],
]);

/** Deeper than any setting's name; a body nested further is not followed. */
const MAXIMUM_DEPTH = 10;

function flatten(body: unknown): [string, unknown][] {
  if (body === undefined || body === null) return [];
  if (!isObject(body)) throw new ElasticError(400, 'parse_exception', 'key [settings] must be an object');
  const found: [string, unknown][] = [];
  const visit = (prefix: string, value: unknown, depth: number): void => {
    if (isObject(value) && depth < MAXIMUM_DEPTH) {
      for (const [key, inner] of Object.entries(value))
        visit(prefix === '' ? key : `${prefix}.${key}`, inner, depth + 1);
    } else found.push([prefix.replace(/^index\./, ''), value]);
  };
  visit('', body, 0);
  return found;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wholeNumber(value: string, name: string, minimum: number, maximum: number): void {
  const failed = `Failed to parse value [${value}] for setting [index.${name}]`;
  if (!/^[+-]?\d+$/.test(value)) throw illegalArgument(failed);
  if (Number(value) < minimum) throw illegalArgument(`${failed} must be >= ${minimum}`);
  if (Number(value) > maximum) throw illegalArgument(`${failed} must be <= ${maximum}`);
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['nanos', 1e-6],
  ['micros', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** A time value as Elasticsearch's TimeValue reads it. */
function milliseconds(value: string, name: string): number {
  const text = value.trim().toLowerCase();
  if (text === '-1' || text === '0') return Number(text);
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/.exec(text) ?? [];
  const factor = UNITS.get(unit);
  if (digits === undefined || factor === undefined) {
    throw illegalArgument(
      `failed to parse setting [index.${name}] with value [${value}] as a time value: unit is missing or unrecognized`,
    );
  }
  return Number(digits) * factor;
}
