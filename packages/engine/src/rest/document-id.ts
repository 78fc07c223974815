import { ElasticError } from '../errors.ts';

/** @throws ElasticError 400 for an id that is longer than 512 bytes. */
export function checkId(id: string | undefined): void {
  const problem = id === undefined ? undefined : idProblem(id);
  if (problem !== undefined) throw invalidRequest(problem);
}

/** Why an id cannot be one. */
export function idProblem(id: string): string | undefined {
  // No character takes more than three bytes of UTF-8 a UTF-16 unit.
  if (id.length <= 170) return undefined;
  const bytes = Buffer.byteLength(id);
  return bytes <= 512 ? undefined : `id [${id}] is too long, must be no longer than 512 bytes but was: ${bytes}`;
}

/** 400 `action_request_validation_exception`, in Elasticsearch's wording for one problem. */
export function invalidRequest(problem: string): ElasticError {
  return new ElasticError(400, 'action_request_validation_exception', `Validation Failed: 1: ${problem};`);
}
