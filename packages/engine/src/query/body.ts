import { illegalArgument, parsingError } from '../errors.ts';
import type { QueryContext } from './query-parser.ts';
import { asNumber, asText } from '../wire/as-text.ts';

/** The members of a query's body; those not in `known` are refused. */
export function members(
  query: string,
  body: unknown,
  known: readonly string[],
  refuse: (name: string) => Error = (name) => parsingError(`[${query}] query does not support [${name}]`),
): Record<string, unknown> {
  if (!isRecord(body)) throw parsingError(`[${query}] query malformed, no start_object after query name`);
  for (const name of Object.keys(body)) {
    if (!known.includes(name)) throw refuse(name);
  }
  return body;
}

/**
 * A body such as `{ field: value }` or `{ field: { [member]: value, … } }`.
 * @throws ElasticError 400 for none or several fields, and for members that are not known
 */
export function fieldBody(
  query: string,
  body: unknown,
  member: string,
  known: readonly string[],
): { readonly field: string; readonly value: unknown; readonly options: Readonly<Record<string, unknown>> } {
  if (!isRecord(body)) throw parsingError(`[${query}] query malformed, no start_object after query name`);
  const [field, second] = Object.keys(body);
  if (field === undefined) throw illegalArgument('field name is null or empty');
  if (second !== undefined)
    throw parsingError(`[${query}] query doesn't support multiple fields, found [${field}] and [${second}]`);
  const inner = body[field];
  if (Array.isArray(inner)) throw parsingError(`[${query}] query does not support array of values`);
  if (!isRecord(inner)) return { field, value: inner, options: {} };
  const options = members(query, inner, [...known, member, 'boost']);
  return { field, value: options[member], options };
}

/** The boost around a query times its own, as float32. @throws ElasticError 400 for a negative one */
export function boostOf(options: Readonly<Record<string, unknown>>, context: QueryContext): number {
  const own = options['boost'];
  if (own === undefined) return context.boost;
  const boost = asNumber(own);
  if (!Number.isFinite(boost)) throw illegalArgument(`[boost] must be a number, but was [${asText(own)}]`);
  if (boost < 0)
    throw illegalArgument(`negative [boost] are not allowed in [query], use a value between 0 and 1 to deboost`);
  return Math.fround(context.boost * Math.fround(boost));
}

/** A member that must be a value. @throws ElasticError 400 for null, or nothing */
export function required(query: string, value: unknown): unknown {
  if (value === undefined || value === null) throw illegalArgument(`value cannot be null`);
  if (typeof value === 'object') throw parsingError(`[${query}] query does not support an object as its value`);
  return value;
}

export function text(options: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = options[name];
  return value === undefined || value === null ? undefined : asText(value);
}

/** A member that is true or false, as JSON or as text. */
export function flag(options: Readonly<Record<string, unknown>>, name: string, otherwise: boolean): boolean {
  const value = options[name];
  if (value === undefined || value === '') return otherwise;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw illegalArgument(`Failed to parse value [${asText(value)}] as only [true] or [false] are allowed.`);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
