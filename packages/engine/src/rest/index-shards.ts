import type { Index } from '../index/engine.ts';

/** `_shards` of a write: copies that should have it, and the one there is. */
export function writeShards(indices: readonly Index[]): { total: number; successful: number; failed: number } {
  const total = indices.reduce((sum, index) => sum + 1 + replicasOf(index), 0);
  return { total, successful: indices.length, failed: 0 };
}

/** Copies that an index asks for and a single node cannot hold: why its health is yellow, as on a single node of Elasticsearch. */
export function replicasOf(index: Index): number {
  return Number(index.settings['number_of_replicas'] ?? 1);
}
