import { BlockList, isIP } from 'node:net';
import { gatelogError, reasonOf } from '../errors/gatelog-error.ts';
import type { Settings } from '../settings/settings.ts';
import type { SearchFilters } from './filters.ts';
import type { SearchOptions } from './search.ts';
import { parseMoment } from './time.ts';

// Elasticsearch and OpenSearch refuse more in one answer (index.max_result_window).
const MOST_DOCUMENTS = 10_000;

/** The search that the command line asks for. Throws GATELOG_SETTING_INVALID, before anything is sent. */
export function readSearchSettings(
  settings: Settings,
  positionals: readonly string[],
): Omit<SearchOptions, 'client' | 'signal'> {
  const [query] = positionals;
  const sort = settings.optionalText('sort');
  const size = settings.number('size');
  if (size > MOST_DOCUMENTS) refuse('size', String(size), `it must be at most ${MOST_DOCUMENTS}`);
  return {
    index: settings.text('index'),
    filters: readFilters(settings),
    size,
    ...(query !== undefined && query.trim() !== '' && { query }),
    ...((sort === 'newest' || sort === 'oldest' || sort === 'score') && { sort }),
  };
}

function readFilters(settings: Settings): SearchFilters {
  const now = Date.now();
  const since = readMoment(settings, 'since', now);
  const until = readMoment(settings, 'until', now);
  const levels = settings.list('level').flatMap((level) => level.toLowerCase().split(','));
  for (const level of levels) {
    if (!['info', 'warning', 'error'].includes(level)) refuse('level', level, 'it must be info, warning or error');
  }
  const ip = check(settings, 'ip', isAddressOrNetwork, 'it must be an address or a network such as 203.0.113.0/24');
  const status = check(settings, 'status', (text) => /^[1-5](\d\d|xx)$/i.test(text), 'it must be as 403 or 4xx');
  const path = settings.optionalText('path');
  const method = settings.optionalText('method');
  return {
    levels,
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(ip !== undefined && { ip }),
    ...(status !== undefined && { status }),
    ...(path !== undefined && { path }),
    ...(method !== undefined && { method }),
  };
}

function readMoment(settings: Settings, name: 'since' | 'until', now: number): number | undefined {
  const text = settings.optionalText(name);
  try {
    return text === undefined ? undefined : parseMoment(text, name, now);
  } catch (error) {
    return refuse(name, text ?? '', reasonOf(error));
  }
}

function check(
  settings: Settings,
  name: string,
  isValid: (text: string) => boolean,
  reason: string,
): string | undefined {
  const text = settings.optionalText(name);
  return text === undefined || isValid(text) ? text : refuse(name, text, reason);
}

function isAddressOrNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0 || (prefix !== undefined && !/^\d{1,3}$/.test(prefix))) return false;
  try {
    if (prefix !== undefined) new BlockList().addSubnet(address, Number(prefix), version === 4 ? 'ipv4' : 'ipv6');
    return true;
  } catch {
    return false;
  }
}

function refuse(name: string, value: string, reason: string): never {
  throw gatelogError('GATELOG_SETTING_INVALID', { setting: `--${name}`, value, reason });
}
