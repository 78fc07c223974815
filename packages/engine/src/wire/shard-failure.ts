import { ElasticError, illegalArgument } from '../errors.ts';

/**
 * An error met while searching an index, in the wrapping Elasticsearch gives to what happens on a shard:
 * `search_phase_execution_exception`, "all shards failed", with `root_cause`, `phase`, `grouped`, `failed_shards` and, for errors
 * that are not query_shard_exception, `caused_by`. `details.root_cause` takes the place of the root cause that a plain error would be given.
 */
export function shardFailure(error: ElasticError, index: string): ElasticError {
  const reason = describe(error.type === 'query_shard_exception' ? withIndex(error, index) : error);
  return new ElasticError(error.status, 'search_phase_execution_exception', 'all shards failed', {
    cause: error,
    details: {
      root_cause: [reason],
      phase: 'query',
      grouped: true,
      failed_shards: [{ shard: 0, index, node: '_local', reason }],
      ...(error.type === 'query_shard_exception' ? {} : { caused_by: { ...reason, caused_by: reason } }),
    },
  });
}

/** An error met while the answers of all shards are put together: no shard is to blame. */
export function reduceFailure(error: ElasticError): ElasticError {
  return new ElasticError(error.status, 'search_phase_execution_exception', '', {
    cause: error,
    details: { root_cause: [], phase: 'fetch', grouped: true, failed_shards: [], caused_by: describe(error) },
  });
}

export function queryShardError(reason: string, index: string, cause?: unknown): ElasticError {
  return new ElasticError(400, 'query_shard_exception', reason, { details: { index }, cause });
}

/** A query whose values an index cannot read. Elasticsearch says so around the reason, and takes the reason alone for the root cause. */
export function queryFailure(error: ElasticError, index: string): ElasticError {
  if (error.type === 'query_shard_exception') return shardFailure(error, index);
  const wrapped = shardFailure(queryShardError(`failed to create query: ${error.message}`, index, error), index);
  // Java's own exceptions are passed over when Elasticsearch looks for the root cause.
  if (error.type === 'illegal_argument_exception' || error.type === 'number_format_exception') return wrapped;
  return new ElasticError(400, wrapped.type, wrapped.message, {
    cause: error,
    details: { ...wrapped.details, root_cause: [describe(error)] },
  });
}

/** Elasticsearch's answer to sorting or aggregating on a text field. */
export function fielddataDisabled(field: string, index: string): ElasticError {
  return illegalArgument(
    `Fielddata is disabled on [${field}] in [${index}]. Text fields are not optimised for operations that require per-document ` +
      'field data like aggregations and sorting, so these operations are disabled by default. Please use a keyword field instead. ' +
      `Alternatively, set fielddata=true on [${field}] in order to load field data by uninverting the inverted index. ` +
      'Note that this can use significant memory.',
  );
}

function withIndex(error: ElasticError, index: string): ElasticError {
  return queryShardError(error.message, index, error.cause);
}

function describe(error: ElasticError): Record<string, unknown> {
  const cause = error.cause instanceof ElasticError ? { caused_by: describe(error.cause) } : undefined;
  return { type: error.type, reason: error.message, ...error.details, ...cause };
}
