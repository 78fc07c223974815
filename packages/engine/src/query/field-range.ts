import { ElasticError } from '../errors.ts';
import { DEFAULT_DATE_FORMAT, dateFormat } from '../mapping/date-format.ts';
import type { Field } from '../mapping/field.ts';
import { Bitset } from '../segment/bitset.ts';
import type { Segment, TermDictionary } from '../segment/segment.ts';
import { type Clock, readMoment } from './date-math.ts';
import { notSearchable } from './not-searchable.ts';
import { constantQuery, MATCH_NONE } from './matches.ts';
import { documentsBetween } from './numbers.ts';
import { documentsInRange } from './ordinals.ts';
import type { Query } from './query.ts';
import { documentsWithTerms } from './term-documents.ts';
import { zoneClock } from './zone-clock.ts';
import { asText } from '../wire/as-text.ts';

export interface Range {
  /** Undefined or null: open. */
  readonly from?: unknown;
  readonly to?: unknown;
  readonly includeFrom: boolean;
  readonly includeTo: boolean;
  /** Of the bounds of a date, instead of the field's own. */
  readonly format?: string | undefined;
  readonly timeZone?: string | undefined;
}

/**
 * Documents with a value between two bounds.
 * @throws ElasticError 400 for bounds the field's type cannot read
 */
export function fieldRange(field: Field | undefined, range: Range, boost: number): Query {
  if (!field) return MATCH_NONE;
  if (field.storage === 'none') throw notSearchable(field.name);
  if (field.storage === 'numbers') return numbersRange(field, range, boost);
  return termsRange(field, range, boost);
}

function numbersRange(field: Field, range: Range, boost: number): Query {
  const [low, high] = field.type === 'date' ? dateBounds(field, range) : numberBounds(field, range);
  const key = `range ${field.name} ${low} ${high}`;
  return constantQuery(key, boost, ({ segment }) => {
    const column = segment.numbers(field.name);
    return column ? documentsBetween(column, segment.documentCount, low, high) : new Bitset(segment.documentCount);
  });
}

/** Inclusive bounds. */
function numberBounds(field: Field, { from, to, includeFrom, includeTo }: Range): readonly [number, number] {
  const low = isOpen(from) ? -Infinity : field.numberOf(from);
  const high = isOpen(to) ? Infinity : field.numberOf(to);
  return [includeFrom ? low : above(low), includeTo ? high : -above(-high)];
}

/** A bound that is not included is moved by a millisecond; `gt` and `lte` take in all of what they do not write out. */
function dateBounds(field: Field, range: Range): readonly [number, number] {
  const now = Date.now();
  const clock = range.timeZone === undefined ? undefined : zoneClock(range.timeZone);
  const parse = dateReader(field, range, clock);
  const moment = (value: unknown, roundUp: boolean): number => readMoment(asText(value), parse, roundUp, now, clock);
  const { from, to, includeFrom, includeTo } = range;
  const low = isOpen(from) ? -Infinity : includeFrom ? moment(from, false) : moment(from, true) + 1;
  const high = isOpen(to) ? Infinity : includeTo ? moment(to, true) : moment(to, false) - 1;
  return [low, high];
}

function dateReader(
  field: Field,
  { format }: Range,
  clock: Clock | undefined,
): (text: string, roundUp: boolean) => number {
  const written = format ?? field.format ?? DEFAULT_DATE_FORMAT;
  const reader = dateFormat(written);
  return (text, roundUp) => {
    const time = reader.parse(text, roundUp);
    if (time === undefined) {
      const reason = `failed to parse date field [${text}] with format [${written}]`;
      throw new ElasticError(400, 'parse_exception', `${reason}: [${reason}]`);
    }
    // A bound that names its own offset keeps it.
    const isLocal = clock && !/(?:Z|[+-]\d\d(?::?\d\d)?)$/.test(text.slice(10)) && !/^-?\d{5,}$/.test(text);
    return isLocal ? clock.toUtc(time) : time;
  };
}

function termsRange(field: Field, range: Range, boost: number): Query {
  const bytes = (value: unknown): Uint8Array | undefined => {
    if (isOpen(value)) return undefined;
    return field.storage === 'terms' ? field.termOf(value) : new TextEncoder().encode(asText(value));
  };
  const [from, to] = [bytes(range.from), bytes(range.to)];
  const { includeFrom, includeTo } = range;
  const key = `terms range ${field.name} ${JSON.stringify(range)}`;
  return constantQuery(key, boost, ({ segment }) => {
    const bounds = (dictionary: TermDictionary): readonly [number, number] => [
      from ? firstFrom(dictionary, from, includeFrom) : 0,
      to ? firstFrom(dictionary, to, !includeTo) - 1 : dictionary.size - 1,
    ];
    return documentsBetweenTerms(segment, field.name, bounds);
  });
}

function documentsBetweenTerms(
  segment: Segment,
  field: string,
  bounds: (dictionary: TermDictionary) => readonly [number, number],
): Bitset {
  const column = segment.terms(field);
  if (column) return documentsInRange(column, segment.documentCount, ...bounds(column.dictionary));
  return documentsWithTerms(segment, field, (dictionary) => {
    const [first, last] = bounds(dictionary);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  });
}

/** Ordinal of the first term that is not below the bound, or, without `include`, above it. */
function firstFrom(dictionary: TermDictionary, term: Uint8Array, include: boolean): number {
  const found = dictionary.find(term);
  if (found < 0) return -found - 1;
  return include ? found : found + 1;
}

function isOpen(value: unknown): boolean {
  return value === undefined || value === null;
}

/** The next larger double. */
function above(value: number): number {
  if (!Number.isFinite(value)) return value;
  if (value === 0) return Number.MIN_VALUE;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return bits.getFloat64(0);
}
