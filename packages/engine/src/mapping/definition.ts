import { ElasticError } from '../errors.ts';

/** One field as a mapping body declares it: `{ type: 'keyword', ignore_above: 256 }`. */
export type Definition = Readonly<Record<string, unknown>>;

/** 400 `mapper_parsing_exception`: what Elasticsearch answers to a mapping it cannot read. */
export function mapperParsing(reason: string): ElasticError {
  return new ElasticError(400, 'mapper_parsing_exception', reason);
}

/** 400 `query_shard_exception`: what a query with a value that the field's type cannot read is answered. */
export function queryRefused(reason: string, cause = 'illegal_argument_exception'): ElasticError {
  const why = new ElasticError(400, cause, reason);
  return new ElasticError(400, 'query_shard_exception', `failed to create query: ${reason}`, { cause: why });
}

/** @throws ElasticError 400 when it is no object. */
export function asDefinition(value: unknown, path: string): Definition {
  if (isRecord(value)) return value;
  throw mapperParsing(`Expected map for property [fields] on field [${path}] but got a class java.lang.String`);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
