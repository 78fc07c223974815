/**
 * An error in Elasticsearch's terms. Any layer of the engine throws it; the REST layer alone turns it into a response.
 * `type` and `reason` are what Elasticsearch 8.11 answers in the same case, so that clients can tell errors apart.
 */
export class ElasticError extends Error {
  override readonly name = 'ElasticError';
  readonly status: number;
  readonly type: string;
  /** Members beside `type` and `reason` in the error body, e.g. `index`, `line`, `col`. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(status: number, type: string, reason: string, options: ElasticErrorOptions = {}) {
    super(reason, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = status;
    this.type = type;
    this.details = options.details ?? {};
  }
}

export interface ElasticErrorOptions {
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** 400 `illegal_argument_exception`: Elasticsearch's answer to a value that makes no sense. */
export function illegalArgument(reason: string): ElasticError {
  return new ElasticError(400, 'illegal_argument_exception', reason);
}

/** 400 `parsing_exception`: a body whose structure is wrong. */
export function parsingError(reason: string): ElasticError {
  return new ElasticError(400, 'parsing_exception', reason, { details: { line: 1, col: 1 } });
}

/** 400 that names what this engine does not support: never a silently wrong answer. */
export function unsupported(what: string): ElasticError {
  return illegalArgument(`${what} is not supported by the embedded engine`);
}

export function indexNotFound(index: string): ElasticError {
  return new ElasticError(404, 'index_not_found_exception', `no such index [${index}]`, {
    details: { 'resource.type': 'index_or_alias', 'resource.id': index, index_uuid: '_na_', index },
  });
}
