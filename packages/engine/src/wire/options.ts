import { ElasticError } from '../errors.ts';
import { asText } from './as-text.ts';

/**
 * The members of one object of a request, read one by one with Elasticsearch's checks: an unknown name or a value of the wrong
 * kind is a 400 `x_content_parse_exception` that names the owner, as `[terms] failed to parse field [size]`.
 */
export class Options {
  private readonly owner: string;
  private readonly body: Readonly<Record<string, unknown>>;

  constructor(owner: string, body: Readonly<Record<string, unknown>>, known: readonly string[]) {
    this.owner = owner;
    this.body = body;
    for (const name of Object.keys(body)) {
      if (!known.includes(name)) throw this.unknown(name, known);
    }
  }

  has(name: string): boolean {
    return this.body[name] !== undefined && this.body[name] !== null;
  }

  value(name: string): unknown {
    return this.body[name] ?? undefined;
  }

  string(name: string): string | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'string') return value;
    if (typeof value === 'object') throw this.failed(name, `Can't get text on a ${tokenOf(value)}`);
    return asText(value);
  }

  number(name: string): number | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && !Number.isNaN(number)) return number;
    throw this.failed(name, `For input string: "${asText(value)}"`, 'number_format_exception');
  }

  integer(name: string): number | undefined {
    const number = this.number(name);
    return number === undefined ? undefined : Math.trunc(number);
  }

  boolean(name: string): boolean | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'boolean') return value;
    if (value === 'true') return true;
    if (value === 'false') return false;
    throw this.failed(name, `Failed to parse value [${asText(value)}] as only [true] or [false] are allowed.`);
  }

  /** The error for a member whose value makes no sense. */
  failed(name: string, cause: string, type = 'illegal_argument_exception'): ElasticError {
    return new ElasticError(400, 'x_content_parse_exception', `[1:1] [${this.owner}] failed to parse field [${name}]`, {
      details: { caused_by: { type, reason: cause } },
    });
  }

  private unknown(name: string, known: readonly string[]): ElasticError {
    const near = closest(name, known);
    return new ElasticError(
      400,
      'x_content_parse_exception',
      `[1:1] [${this.owner}] unknown field [${name}]${near === undefined ? '' : ` did you mean [${near}]?`}`,
    );
  }
}

/** The name of a JSON value's first token, as Elasticsearch's parser calls it. */
export function tokenOf(value: unknown): string {
  if (value === null || value === undefined) return 'VALUE_NULL';
  if (Array.isArray(value)) return 'START_ARRAY';
  if (typeof value === 'object') return 'START_OBJECT';
  return `VALUE_${typeof value}`.toUpperCase();
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The known name nearest to a misspelt one, when it is near: at most one letter in three differs. */
export function closest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let fewest = Math.floor(name.length / 3) + 1;
  for (const candidate of known) {
    const edits = editDistance(name, candidate);
    if (edits >= fewest) continue;
    fewest = edits;
    best = candidate;
  }
  return best;
}

/** Levenshtein's distance by the two-row table. */
function editDistance(left: string, right: string): number {
  if (left.length > 64) return left.length;
  let row = Array.from({ length: right.length + 1 }, (_, i) => i);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const replaced = row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[right.length]!;
}
