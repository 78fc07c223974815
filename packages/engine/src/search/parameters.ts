import { ElasticError, illegalArgument, unsupported } from '../errors.ts';
import { isObject } from '../wire/options.ts';

/** URL parameters of `_search` and `_count`, without those that REST itself reads (`pretty`, `filter_path`, `typed_keys` …). */
export type SearchParameters = Readonly<Record<string, string>>;

/** Names this function reads or accepts; REST refuses the rest as unrecognized. */
export const SEARCH_PARAMETERS: readonly string[] = [
  'q',
  'df',
  'default_operator',
  'analyzer',
  'analyze_wildcard',
  'lenient',
  'size',
  'from',
  'sort',
  'track_total_hits',
  'track_scores',
  'version',
  'seq_no_primary_term',
  'terminate_after',
  'timeout',
  'min_score',
  '_source',
  '_source_includes',
  '_source_excludes',
  'stored_fields',
  'docvalue_fields',
  'explain',
  'scroll',
  'stats',
  // These change nothing on one machine.
  'allow_partial_search_results',
  'batched_reduce_size',
  'ccs_minimize_roundtrips',
  'max_concurrent_shard_requests',
  'pre_filter_shard_size',
  'preference',
  'request_cache',
  'routing',
  'search_type',
  'force_synthetic_source',
];

/** Writes URL parameters into a search body, over what it says, as Elasticsearch does. @throws ElasticError 400 */
export function bodyFromParameters(parameters: SearchParameters, body: unknown): unknown {
  for (const name of ['explain', 'scroll', 'analyzer'] as const) {
    if (parameters[name] !== undefined && parameters[name] !== 'false') throw unsupported(`the parameter [${name}]`);
  }
  const written = {
    ...queryFrom(parameters),
    ...integers(parameters),
    ...flags(parameters),
    ...sortFrom(parameters['sort']),
    ...sourceFrom(parameters),
    ...lists(parameters),
    ...(parameters['timeout'] === undefined ? undefined : { timeout: parameters['timeout'] }),
    ...(parameters['min_score'] === undefined ? undefined : { min_score: parameters['min_score'] }),
  };
  if (Object.keys(written).length === 0) return body;
  if (body !== undefined && !isObject(body)) return body;
  return { ...body, ...written };
}

function queryFrom(parameters: SearchParameters): Record<string, unknown> {
  const { q } = parameters;
  if (q === undefined) return {};
  const operator = parameters['default_operator']?.toUpperCase();
  if (operator !== undefined && operator !== 'AND' && operator !== 'OR') {
    throw illegalArgument(`No enum constant org.elasticsearch.index.query.Operator.${operator}`);
  }
  const options: Record<string, unknown> = { query: q };
  if (operator !== undefined) options['default_operator'] = operator;
  if (parameters['df'] !== undefined) options['default_field'] = parameters['df'];
  for (const name of ['analyze_wildcard', 'lenient']) {
    if (parameters[name] !== undefined) options[name] = readFlag(name, parameters[name]);
  }
  return { query: { query_string: options } };
}

function integers(parameters: SearchParameters): Record<string, unknown> {
  const written: Record<string, unknown> = {};
  for (const name of ['size', 'from', 'terminate_after', 'track_total_hits']) {
    const value = parameters[name];
    if (value === undefined) continue;
    if (name === 'track_total_hits' && (value === 'true' || value === 'false')) written[name] = value === 'true';
    else if (/^[+-]?\d{1,10}$/.test(value)) written[name] = Number(value);
    else throw notAnInteger(name, value);
  }
  return written;
}

function notAnInteger(name: string, value: string): ElasticError {
  return new ElasticError(
    400,
    'illegal_argument_exception',
    `Failed to parse int parameter [${name}] with value [${value}]`,
    { details: { caused_by: { type: 'number_format_exception', reason: `For input string: "${value}"` } } },
  );
}

function flags(parameters: SearchParameters): Record<string, unknown> {
  const names = ['track_scores', 'version', 'seq_no_primary_term'].filter((name) => parameters[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, readFlag(name, parameters[name]!)]));
}

/** An empty value is true: `?version`. */
function readFlag(name: string, value: string): boolean {
  if (value === '' || value === 'true') return true;
  if (value === 'false') return false;
  throw illegalArgument(`Failed to parse value [${value}] of [${name}] as only [true] or [false] are allowed.`);
}

/** `field`, `field:asc`, several by commas. An entry with another word after the colon is passed over, as Elasticsearch does. */
function sortFrom(value: string | undefined): Record<string, unknown> {
  if (value === undefined || value === '') return {};
  const sort = value.split(',').flatMap((entry): unknown[] => {
    const colon = entry.lastIndexOf(':');
    if (colon < 0) return [entry];
    const order = entry.slice(colon + 1);
    return order === 'asc' || order === 'desc' ? [{ [entry.slice(0, colon)]: { order } }] : [];
  });
  return { sort };
}

function sourceFrom(parameters: SearchParameters): Record<string, unknown> {
  const source = parameters['_source'];
  const includes = parameters['_source_includes'];
  const excludes = parameters['_source_excludes'];
  if (includes === undefined && excludes === undefined) {
    if (source === undefined) return {};
    return { _source: source === 'true' || source === '' ? true : source === 'false' ? false : source.split(',') };
  }
  const plain = source === undefined || source === 'true' || source === 'false' ? '' : source;
  return { _source: { includes: splitList(includes ?? plain), excludes: splitList(excludes ?? '') } };
}

function lists(parameters: SearchParameters): Record<string, unknown> {
  const names = ['stored_fields', 'docvalue_fields'].filter((name) => parameters[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, splitList(parameters[name]!)]));
}

function splitList(value: string): string[] {
  return value.split(',').filter((entry) => entry !== '');
}
