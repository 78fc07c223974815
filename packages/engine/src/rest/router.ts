import { illegalArgument } from '../errors.ts';
import type { Route } from './route.ts';

export type Found =
  | { readonly route: Route; readonly path: Readonly<Record<string, string>> }
  /** The path exists, the method does not. */
  | { readonly route: undefined; readonly allowed: readonly string[] };

export type Router = (method: string, path: string) => Found;

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD'];

interface Branch {
  readonly fixed: Map<string, Branch>;
  variable: { readonly name: string; readonly branch: Branch } | undefined;
  readonly routes: Map<string, Route>;
}

/** A tree over the segments of all paths. A fixed segment goes before a placeholder, and a way that ends nowhere is taken back. */
export function createRouter(routes: readonly Route[]): Router {
  const root = branch();
  for (const route of routes) add(root, route);
  return (method, path) => {
    const matches = find(root, segmentsOf(path), 0, {});
    for (const match of matches) {
      const route = match.branch.routes.get(method);
      if (route !== undefined) return { route, path: match.values };
    }
    const allowed = new Set(matches.flatMap((match) => [...match.branch.routes.keys()]));
    return { route: undefined, allowed: METHODS.filter((name) => allowed.has(name)) };
  };
}

function add(root: Branch, route: Route): void {
  let place = root;
  for (const segment of route.path.split('/').filter((part) => part !== '')) {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name === undefined) {
      const next = place.fixed.get(segment) ?? branch();
      place.fixed.set(segment, next);
      place = next;
    } else {
      place.variable ??= { name, branch: branch() };
      if (place.variable.name !== name)
        throw new Error(`${route.path}: {${name}} is {${place.variable.name}} elsewhere`);
      place = place.variable.branch;
    }
  }
  for (const method of route.methods) {
    if (place.routes.has(method)) throw new Error(`${method} ${route.path} is there twice`);
    place.routes.set(method, route);
  }
}

interface Match {
  readonly branch: Branch;
  readonly values: Readonly<Record<string, string>>;
}

function find(
  place: Branch,
  segments: readonly string[],
  at: number,
  values: Readonly<Record<string, string>>,
): Match[] {
  const segment = segments[at];
  if (segment === undefined) return place.routes.size > 0 ? [{ branch: place, values }] : [];
  const fixed = place.fixed.get(segment);
  const matches = fixed === undefined ? [] : find(fixed, segments, at + 1, values);
  if (place.variable === undefined || isReserved(place.variable.name, segment)) return matches;
  const { name, branch: next } = place.variable;
  return [...matches, ...find(next, segments, at + 1, { ...values, [name]: segment })];
}

/** No index begins with `_`: those are the names of APIs. */
function isReserved(name: string, segment: string): boolean {
  return name === 'index' && segment.startsWith('_') && segment !== '_all';
}

/** Decoded segments; a slash at the end or twice is the same as once. */
function segmentsOf(path: string): readonly string[] {
  try {
    return path
      .split('/')
      .filter((part) => part !== '')
      .map((part) => decodeURIComponent(part));
  } catch {
    throw illegalArgument(`invalid escape sequence in: ${path}`);
  }
}

function branch(): Branch {
  return { fixed: new Map(), variable: undefined, routes: new Map() };
}
