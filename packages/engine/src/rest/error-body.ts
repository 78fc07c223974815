import { ElasticError } from '../errors.ts';

/** `{ error: { root_cause: […], type, reason, … }, status }`: an error as Elasticsearch writes it. */
export function errorBody(error: ElasticError): unknown {
  // Elasticsearch answers some errors of HTTP itself in a short form.
  if (error.type === 'media_type_header_exception' && error.status === 406) {
    return { error: error.message, status: error.status };
  }
  const { root_cause: roots, caused_by: _, ...details } = error.details;
  const own = { type: error.type, reason: error.message, ...details };
  return { error: { root_cause: roots ?? [own], ...errorCause(error) }, status: error.status };
}

/** `{ type, reason, … }`: an error inside another body, such as the item of a bulk answer. */
export function errorCause(error: ElasticError): Record<string, unknown> {
  const { root_cause: _, ...details } = error.details;
  return { type: error.type, reason: error.message, ...details };
}

/** Anything that was thrown, as an error to answer with. Says nothing of what is inside: a stack is for the log. */
export function elasticErrorOf(error: unknown): ElasticError {
  if (error instanceof ElasticError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new ElasticError(500, 'exception', `internal error of the embedded engine: ${reason}`, { cause: error });
}
