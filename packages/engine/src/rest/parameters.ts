import { illegalArgument, ElasticError } from '../errors.ts';
import { closest } from '../wire/options.ts';

/** Taken by every API, as in Elasticsearch. `error_trace` is accepted; there is no trace to show. */
const COMMON = ['pretty', 'human', 'error_trace', 'filter_path', 'format'];

/** The query string of one request. A parameter without `=` is the empty string, which counts as true. */
export class Parameters {
  private readonly values: ReadonlyMap<string, string>;

  constructor(values: ReadonlyMap<string, string>) {
    this.values = values;
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  entries(): Iterable<[string, string]> {
    return this.values;
  }

  string(name: string): string | undefined {
    return this.values.get(name);
  }

  /** Comma-separated; empty parts left out. */
  list(name: string): readonly string[] | undefined {
    return this.values
      .get(name)
      ?.split(',')
      .filter((part) => part !== '');
  }

  boolean(name: string): boolean | undefined {
    const value = this.values.get(name);
    if (value === undefined) return undefined;
    if (value === '' || value === 'true') return true;
    if (value === 'false') return false;
    throw illegalArgument(`Failed to parse value [${value}] as only [true] or [false] are allowed.`);
  }

  integer(name: string): number | undefined {
    const value = this.values.get(name);
    if (value === undefined) return undefined;
    if (/^[+-]?\d{1,15}$/.test(value)) return Number(value);
    throw new ElasticError(
      400,
      'illegal_argument_exception',
      `Failed to parse int parameter [${name}] with value [${value}]`,
      { details: { caused_by: { type: 'number_format_exception', reason: `For input string: "${value}"` } } },
    );
  }

  /** @throws ElasticError 400 that names every parameter the API does not know, and the one that may have been meant. */
  check(path: string, known: readonly string[]): void {
    const all = [...COMMON, ...known];
    const unknown = [...this.values.keys()].filter((name) => !all.includes(name));
    if (unknown.length === 0) return;
    const named = unknown.toSorted().map((name) => {
      const near = closest(name, all);
      return near === undefined ? `[${name}]` : `[${name}] -> did you mean [${near}]?`;
    });
    const plural = unknown.length === 1 ? 'parameter' : 'parameters';
    throw illegalArgument(`request [${path}] contains unrecognized ${plural}: ${named.join(', ')}`);
  }
}

/** @throws ElasticError 400 for an escape sequence that is none. */
export function parseQueryString(text: string): Parameters {
  const values = new Map<string, string>();
  for (const part of text.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decode(equals < 0 ? part : part.slice(0, equals));
    values.set(name, equals < 0 ? '' : decode(part.slice(equals + 1)));
  }
  return new Parameters(values);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new ElasticError(400, 'bad_parameter_exception', `invalid escape sequence in [${text}]`);
  }
}
