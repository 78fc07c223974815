import { ElasticError } from '../errors.ts';
import { errorCode } from './directory.ts';

/**
 * Why a write to an index failed, in Elasticsearch's terms: 429 `cluster_block_exception` for a full disk, as at its flood stage, so that
 * clients wait and try again; 500 `translog_exception` for a disk that fails.
 * @param what was being done, e.g. `failed to write /data/translog-1.log`
 */
export function writeFailure(cause: unknown, index: string, what: string): ElasticError {
  if (cause instanceof ElasticError) return cause;
  const code = errorCode(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const block =
      'TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block';
    return new ElasticError(429, 'cluster_block_exception', `index [${index}] blocked by: [${block}];`, { cause });
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return new ElasticError(500, 'translog_exception', `${what}: ${message}`, { cause });
}
