import { parsingError } from '../errors.ts';
import { RawJson } from '../wire/json.ts';
import { isObject, tokenOf } from '../wire/options.ts';
import { asText } from '../wire/as-text.ts';

/** What of a `_source` a hit shows: all, nothing, or what the patterns leave. */
export type SourceFilter = boolean | { readonly includes: readonly string[]; readonly excludes: readonly string[] };

/** Reads `_source`: a boolean, a pattern, a list of patterns, or `{ includes, excludes }`. @throws ElasticError 400 */
export function parseSourceFilter(value: unknown): SourceFilter {
  if (value === undefined) return true;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return { includes: [value], excludes: [] };
  if (Array.isArray(value)) return { includes: value.map(asText), excludes: [] };
  if (!isObject(value)) {
    throw parsingError(
      `Expected one of [VALUE_BOOLEAN, VALUE_STRING, START_ARRAY, START_OBJECT] but found [${tokenOf(value)}]`,
    );
  }
  const sides = { includes: [] as string[], excludes: [] as string[] };
  for (const [name, patterns] of Object.entries(value)) {
    const side = {
      include: sides.includes,
      includes: sides.includes,
      exclude: sides.excludes,
      excludes: sides.excludes,
    }[name];
    if (side === undefined) throw parsingError(`Unknown key for a ${tokenOf(patterns)} in [${name}].`);
    side.push(...[patterns].flat().map(asText));
  }
  return sides;
}

/** Binds a filter: gives what a hit's `_source` shows, or undefined for nothing. Without patterns the stored bytes are copied unread. */
export function sourceReader(filter: SourceFilter): (source: Uint8Array) => unknown {
  if (filter === false) return () => undefined;
  if (filter === true || filter.includes.length + filter.excludes.length === 0) return (source) => new RawJson(source);
  const tree = { includes: filter.includes.map(splitPattern), excludes: filter.excludes.map(splitPattern) };
  return (source) =>
    filterObject(
      JSON.parse(Buffer.from(source).toString()),
      tree.includes,
      tree.excludes,
      filter.includes.length === 0,
    );
}

type Pattern = readonly string[];

/** A pattern on a path is matched name by name; `*` inside a name matches dots too, so it is kept at every depth. */
function splitPattern(pattern: string): Pattern {
  return pattern.split('.');
}

function filterObject(
  value: unknown,
  includes: readonly Pattern[],
  excludes: readonly Pattern[],
  all: boolean,
): unknown {
  if (!isObject(value)) return value;
  const entries: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value)) {
    const outside = descend(excludes, name);
    if (outside.some((pattern) => pattern.length === 0)) continue;
    const inside = descend(includes, name);
    const whole = all || inside.some((pattern) => pattern.length === 0);
    if (!whole && inside.length === 0) continue;
    const kept = filterMember(member, inside, outside, whole);
    if (kept !== undefined) entries.push([name, kept]);
  }
  return Object.fromEntries(entries);
}

function filterMember(
  member: unknown,
  includes: readonly Pattern[],
  excludes: readonly Pattern[],
  whole: boolean,
): unknown {
  if (whole && excludes.length === 0) return member;
  if (Array.isArray(member)) {
    const kept = member
      .map((item: unknown) => filterMember(item, includes, excludes, whole))
      .filter((item) => item !== undefined);
    return kept.length === 0 && !whole ? undefined : kept;
  }
  if (!isObject(member)) return whole ? member : undefined;
  const kept = filterObject(member, includes, excludes, whole) as object;
  return Object.keys(kept).length === 0 && !whole ? undefined : kept;
}

/** What is left of the patterns below a member. A member named `a.b` is one name here and two in a pattern. */
function descend(patterns: readonly Pattern[], name: string): Pattern[] {
  let left = [...patterns];
  for (const part of name.split('.')) left = left.flatMap((pattern) => step(pattern, part));
  return left;
}

function step(pattern: Pattern, name: string): Pattern[] {
  const [head, ...rest] = pattern;
  if (head === undefined) return [pattern];
  if (!matchesName(head, name)) return [];
  // `a*` is also good for everything below what it matches, `*.b` for a `b` at any depth.
  return head.includes('*') && rest.length > 0 ? [rest, pattern] : [rest];
}

/** Matches a name with a pattern with `*`, in time linear in both but for the number of stars. */
function matchesName(pattern: string, name: string): boolean {
  const [first, ...parts] = pattern.split('*');
  if (parts.length === 0) return pattern === name;
  const last = parts.pop()!;
  if (!name.startsWith(first!) || !name.endsWith(last) || name.length < first!.length + last.length) return false;
  let at = first!.length;
  for (const part of parts) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > name.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}
