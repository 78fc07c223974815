import { ElasticError } from '../errors.ts';
import { readJson } from './read-json.ts';
import type { RestRequest } from './route.ts';

/** The body as a JSON object; undefined when there is none. @throws ElasticError 400 for what is no JSON or no object. */
export function optionalObject(request: RestRequest): Record<string, unknown> | undefined {
  if (request.body.length === 0) return undefined;
  const text = request.body.toString();
  const value = readJson(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  const found = Array.isArray(value)
    ? 'START_ARRAY'
    : `VALUE_${value === null ? 'NULL' : (typeof value).toUpperCase()}`;
  throw new ElasticError(400, 'parsing_exception', `Expected [START_OBJECT] but found [${found}]`, {
    details: { line: 1, col: 1 },
  });
}

/** @throws ElasticError 400 when there is no body, or none that is a JSON object. */
export function requiredObject(request: RestRequest): Record<string, unknown> {
  const body = optionalObject(request);
  if (body === undefined) throw bodyRequired();
  return body;
}

export function bodyRequired(): ElasticError {
  return new ElasticError(400, 'parse_exception', 'request body is required');
}

/** What `refresh` asks for. There is one writer, so waiting for a refresh and making one come to the same. */
export function refreshWanted(request: RestRequest): 'true' | 'wait_for' | undefined {
  const value = request.parameters.string('refresh');
  if (value === undefined || value === 'false') return undefined;
  if (value === '' || value === 'true') return 'true';
  if (value === 'wait_for') return value;
  throw new ElasticError(400, 'illegal_argument_exception', `Unknown value for refresh: [${value}].`);
}
