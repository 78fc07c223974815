import type { StoreAnswer } from '../elastic/client.ts';
import { localTime } from './time.ts';

/** A document that was found. */
export interface Hit {
  readonly id: string;
  readonly source: unknown;
}

/** The documents of an answer to `_search`, and how many there are in the store. */
export function hitsOf({ body }: StoreAnswer): { readonly total: number; readonly hits: readonly Hit[] } {
  const outer = property(body, 'hits');
  const hits = property(outer, 'hits');
  const total = property(outer, 'total');
  return {
    total: Number(property(total, 'value') ?? total ?? 0),
    hits: Array.isArray(hits)
      ? hits.map((hit) => ({ id: String(property(hit, '_id')), source: property(hit, '_source') }))
      : [],
  };
}

/**
 * The value of an ECS field as text, of a document stored nested or flat, or of one of the classic schema; empty when
 * it has none.
 */
export function fieldText(source: unknown, field: string): string {
  const value = findField(source, field) ?? findField(source, CLASSIC_NAMES[field] ?? '');
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** When it happened, for people: local time, to the second. */
export function timeText(source: unknown): string {
  const time = fieldText(source, '@timestamp');
  const moment = /^\d{4}-\d\d-\d\dT/.test(time) ? Date.parse(time) : Number.NaN;
  return Number.isNaN(moment) ? time.replace(/,\d{3}$/, '') : localTime(moment, false);
}

const CLASSIC_NAMES: Readonly<Record<string, string>> = {
  '@timestamp': 'timestamp',
  'log.level': 'loglevel',
  'client.ip': 'ip_address',
};

function findField(source: unknown, field: string): unknown {
  const whole = property(source, field);
  if (whole !== undefined) return whole;
  for (let dot = field.indexOf('.'); dot > 0; dot = field.indexOf('.', dot + 1)) {
    const found = findField(property(source, field.slice(0, dot)), field.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
