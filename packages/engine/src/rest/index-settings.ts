import type { Index } from '../index/engine.ts';
import { matchesWildcard } from './wildcard.ts';
import { INDEX_VERSION } from './version.ts';

export interface SettingsShape {
  readonly flat: boolean;
  /** Wildcards over full names, `index.number*`. */
  readonly names?: readonly string[];
}

/** The settings of an index as the API shows them: nested under `index`, or flat. */
export function showSettings(index: Index, shape: SettingsShape): Record<string, unknown> {
  const all: Record<string, string> = {
    'index.routing.allocation.include._tier_preference': 'data_content',
    'index.number_of_shards': '1',
    'index.number_of_replicas': '1',
    ...Object.fromEntries(Object.entries(index.settings).map(([name, value]) => [`index.${name}`, value])),
    'index.provided_name': index.name,
    'index.creation_date': String(index.createdAt),
    'index.uuid': index.uuid,
    'index.version.created': INDEX_VERSION,
  };
  const { names } = shape;
  const shown = Object.entries(all).filter(
    ([name]) => names === undefined || names.some((pattern) => pattern === '_all' || matchesWildcard(pattern, name)),
  );
  return shape.flat ? Object.fromEntries(shown.toSorted(([a], [b]) => (a < b ? -1 : 1))) : nest(shown);
}

function nest(entries: readonly (readonly [string, string])[]): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [name, value] of entries) {
    const path = name.split('.');
    let place = root;
    for (const segment of path.slice(0, -1)) {
      place = (Object.hasOwn(place, segment) ? place[segment] : (place[segment] = {})) as Record<string, unknown>;
    }
    place[path.at(-1)!] = value;
  }
  return root;
}
