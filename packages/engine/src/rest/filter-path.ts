import { RawJson } from '../wire/json.ts';
import { readJson } from './read-json.ts';
import { matchesWildcard } from './wildcard.ts';

/** Keeps what `filter_path` names: `hits.hits._source`, `items.*.error`, `**.count`; with a leading `-` takes it out instead. */
export function filterPath(value: unknown, filters: readonly string[]): unknown {
  const places = (minus: boolean): readonly Place[] =>
    filters
      .filter((filter) => filter.startsWith('-') === minus)
      .map((filter) => ({ path: segmentsOf(minus ? filter.slice(1) : filter), at: 0 }))
      .filter(({ path }) => path.length > 0);
  const rest = exclude(value, closure(places(true)));
  const included = closure(places(false));
  return (included.length === 0 ? rest : include(rest, included)) ?? {};
}

/** A path of a filter, and how far down it the current value is. */
interface Place {
  readonly path: readonly string[];
  readonly at: number;
}

function segmentsOf(filter: string): readonly string[] {
  // A dot inside a name is written `\.`.
  const parts = filter.match(/(?:\\.|[^.\\])+/g) ?? [];
  return parts.map((part) => part.replaceAll(/\\(.)/g, '$1'));
}

/** Undefined when nothing of the value is named. */
function include(given: unknown, places: readonly Place[]): unknown {
  if (places.some(isAtEnd)) return given;
  const value = opened(given);
  if (Array.isArray(value)) {
    const kept = value.map((element) => include(element, places)).filter((element) => element !== undefined);
    return kept.length > 0 ? kept : undefined;
  }
  return isPlainObject(value)
    ? members(value, (name, member) => include(member, step(places, name)), false)
    : undefined;
}

/** Undefined when nothing of the value is left; what was empty before stays. */
function exclude(given: unknown, places: readonly Place[]): unknown {
  if (places.length === 0) return given;
  if (places.some(isAtEnd)) return undefined;
  const value = opened(given);
  if (Array.isArray(value)) {
    const kept = value.map((element) => exclude(element, places)).filter((element) => element !== undefined);
    return kept.length > 0 || value.length === 0 ? kept : undefined;
  }
  return isPlainObject(value) ? members(value, (name, member) => exclude(member, step(places, name)), true) : value;
}

function members(
  value: Record<string, unknown>,
  keep: (name: string, member: unknown) => unknown,
  keepEmpty: boolean,
): unknown {
  const all = Object.entries(value);
  const entries = all
    .map(([name, member]) => [name, keep(name, member)] as const)
    .filter(([, member]) => member !== undefined);
  return entries.length > 0 || (keepEmpty && all.length === 0) ? Object.fromEntries(entries) : undefined;
}

/** The places after going down into a member. */
function step(places: readonly Place[], name: string): readonly Place[] {
  const next = places
    .filter(({ path, at }) => path[at] === '**' || (path[at] !== undefined && matchesWildcard(path[at], name)))
    .map(({ path, at }) => ({ path, at: path[at] === '**' ? at : at + 1 }));
  return closure(next);
}

/** `**` stands for no segment as well as for many. Each place is there once, so that many `**` cannot multiply. */
function closure(places: readonly Place[]): readonly Place[] {
  const all: Place[] = [];
  for (let place of places) {
    for (;;) {
      const { path, at } = place;
      if (!all.some((other) => other.path === path && other.at === at)) all.push(place);
      if (path[at] !== '**') break;
      place = { path, at: at + 1 };
    }
  }
  return all;
}

function isAtEnd({ path, at }: Place): boolean {
  return at >= path.length;
}

/** A stored source is bytes until someone wants to look inside. */
function opened(value: unknown): unknown {
  return value instanceof RawJson ? readJson(Buffer.from(value.bytes).toString(), { lossless: true }) : value;
}

/** Numbers with a notation of their own are objects to us and leaves to whoever reads the answer. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
