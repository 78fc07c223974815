import { illegalArgument, unsupported } from '../errors.ts';
import type { Parameters } from './parameters.ts';

/** Parameters about waiting for other nodes. Here there is nothing to wait for. */
export const WAITING: readonly string[] = ['wait_for_active_shards', 'timeout', 'master_timeout'];

/** @throws ElasticError 400 when more copies are asked for than there are. */
export function singleNode(parameters: Parameters): void {
  const value = parameters.string('wait_for_active_shards') ?? '1';
  if (value === '0' || value === '1') return;
  if (value === 'all' || /^\d+$/.test(value))
    throw unsupported(`wait_for_active_shards [${value}]: there is one copy of each shard, so more`);
  throw illegalArgument(`cannot parse ActiveShardCount[${value}]`);
}
