import { ElasticError } from '../errors.ts';

/** Elasticsearch's answer to a query on a field that is stored but not indexed. */
export function notSearchable(name: string): ElasticError {
  return new ElasticError(
    400,
    'query_shard_exception',
    `failed to create query: Cannot search on field [${name}] since it is not indexed.`,
  );
}
