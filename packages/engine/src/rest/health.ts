import type { Index } from '../index/engine.ts';
import { Double } from '../wire/json.ts';
import { replicasOf } from './index-shards.ts';

export interface Health {
  readonly status: 'green' | 'yellow' | 'red';
  readonly active: number;
  /** Indices that could not be opened: they make it red. */
  readonly damaged: number;
  readonly unassigned: number;
  /** 0 … 100 */
  readonly percent: number;
}

/**
 * Yellow as soon as an index asks for a replica (the default does): a single node of Elasticsearch says the same, and it is
 * true: there is no second copy. `number_of_replicas: 0` makes it green.
 */
export function healthOf(indices: readonly Index[], damaged = 0): Health {
  const active = indices.length;
  const unassigned = indices.reduce((sum, index) => sum + replicasOf(index), 0);
  const all = active + unassigned + damaged;
  const percent = all === 0 ? 100 : (active / all) * 100;
  const status = damaged > 0 ? 'red' : unassigned > 0 ? 'yellow' : 'green';
  return { status, active, damaged, unassigned: unassigned + damaged, percent };
}

/** The counters of a health answer that tell of shards. */
export function shardCounters({ active, damaged, unassigned }: Health): Record<string, number> {
  return {
    active_primary_shards: active,
    active_shards: active,
    relocating_shards: 0,
    initializing_shards: 0,
    unassigned_shards: unassigned,
    unassigned_primary_shards: damaged,
  };
}

export function percentOf({ percent }: Health): Double {
  return new Double(percent);
}
