import { ElasticError, illegalArgument, parsingError, unsupported } from '../errors.ts';
import { isObject, tokenOf } from '../wire/options.ts';
import { parseSort, type Sort } from './sort.ts';
import { parseSourceFilter, type SourceFilter } from './source.ts';
import { asText } from '../wire/as-text.ts';

/** A search body, read and checked; queries and aggregations stay as they came, because they need the indices. */
export interface SearchBody {
  readonly query: unknown;
  readonly postFilter: unknown;
  readonly aggregations: unknown;
  readonly from: number;
  readonly size: number;
  /** Undefined: by score. */
  readonly sort: readonly Sort[] | undefined;
  readonly searchAfter: readonly unknown[] | undefined;
  readonly source: SourceFilter;
  /** How far hits are counted: Infinity for `true`, −1 for `false`. */
  readonly trackTotalHits: number;
  readonly trackScores: boolean;
  readonly minimumScore: number | undefined;
  readonly version: boolean;
  readonly sequenceNumbers: boolean;
  /** False for `stored_fields: _none_`: not even the identifier. */
  readonly identifiers: boolean;
  readonly fields: readonly FieldRequest[];
  readonly docvalueFields: readonly FieldRequest[];
}

export interface FieldRequest {
  /** A name or a pattern with `*`. */
  readonly field: string;
  readonly format: string | undefined;
}

/** Elasticsearch's default of `track_total_hits`. */
const COUNTED_EXACTLY = 10_000;

// Each reads the value of one key; a key that is in none of the lists is unknown to Elasticsearch too.
const VALUES = [
  'size',
  'from',
  'track_total_hits',
  'track_scores',
  'min_score',
  'version',
  'seq_no_primary_term',
  'timeout',
  '_source',
  'stored_fields',
  'sort',
];
const OBJECTS = ['query', 'post_filter', 'aggs', 'aggregations', '_source', 'sort'];
const ARRAYS = ['sort', 'search_after', '_source', 'fields', 'docvalue_fields', 'stored_fields', 'stats'];
const UNSUPPORTED = new Set([
  'highlight',
  'collapse',
  'rescore',
  'suggest',
  'script_fields',
  'runtime_mappings',
  'pit',
  'slice',
  'terminate_after',
  'indices_boost',
  'knn',
  'retriever',
  'rank',
  'profile',
  'explain',
  'ext',
]);

/** Reads a search body. @throws ElasticError 400, worded as Elasticsearch words it, or naming what this engine does not have. */
export function parseSearchBody(body: unknown): SearchBody {
  if (body !== undefined && !isObject(body)) {
    throw parsingError(`Expected [START_OBJECT] but found [${tokenOf(body)}]`);
  }
  const members: Record<string, unknown> = body ?? {};
  for (const [name, value] of Object.entries(members)) checkMember(name, value);
  const from = readInteger(members['from']) ?? 0;
  if (from < 0) throw illegalArgument(`[from] parameter cannot be negative but was [${from}]`);
  const size = readInteger(members['size']) ?? 10;
  if (size < 0) throw illegalArgument(`[size] parameter cannot be negative, found [${size}]`);
  const searchAfter = members['search_after'] as readonly unknown[] | undefined;
  if (searchAfter !== undefined && from > 0)
    throw invalid('[from] parameter must be set to 0 when [search_after] is used');
  const storedFields = [members['stored_fields'] ?? []].flat();
  const identifiers = !storedFields.includes('_none_');
  if (!identifiers && members['_source'] !== undefined && members['_source'] !== false) {
    throw invalid('[stored_fields] cannot be disabled if [_source] is requested');
  }
  return {
    query: members['query'],
    postFilter: members['post_filter'],
    aggregations: members['aggs'] ?? members['aggregations'],
    from,
    size,
    sort: members['sort'] === undefined ? undefined : parseSort(members['sort']),
    searchAfter,
    source: storedFields.length > 0 && members['_source'] === undefined ? false : parseSourceFilter(members['_source']),
    trackTotalHits: readTotalHits(members['track_total_hits']),
    trackScores: readBoolean('track_scores', members['track_scores']),
    minimumScore: members['min_score'] === undefined ? undefined : readNumber(members['min_score']),
    version: readBoolean('version', members['version']),
    sequenceNumbers: readBoolean('seq_no_primary_term', members['seq_no_primary_term']),
    identifiers,
    fields: readFields('fields', members['fields']),
    docvalueFields: readFields('docvalue_fields', members['docvalue_fields']),
  };
}

function checkMember(name: string, value: unknown): void {
  if (UNSUPPORTED.has(name)) {
    if (value === false) return;
    throw unsupported(`[${name}] in a search body`);
  }
  const known = isObject(value) ? OBJECTS : Array.isArray(value) ? ARRAYS : value === null ? [] : VALUES;
  if (!known.includes(name)) throw parsingError(`Unknown key for a ${tokenOf(value)} in [${name}].`);
}

/** Elasticsearch's answer to requests whose members contradict each other. */
function invalid(reason: string): ElasticError {
  return new ElasticError(400, 'action_request_validation_exception', `Validation Failed: 1: ${reason};`);
}

function readNumber(value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw new ElasticError(400, 'number_format_exception', `For input string: "${asText(value)}"`);
}

function readInteger(value: unknown): number | undefined {
  return value === undefined ? undefined : Math.trunc(readNumber(value));
}

function readBoolean(name: string, value: unknown): boolean {
  if (value === undefined || value === false || value === 'false') return false;
  if (value === true || value === 'true') return true;
  throw illegalArgument(`Failed to parse value [${asText(value)}] of [${name}] as only [true] or [false] are allowed.`);
}

function readTotalHits(value: unknown): number {
  if (value === undefined) return COUNTED_EXACTLY;
  if (value === true || value === 'true') return Infinity;
  if (value === false || value === 'false') return -1;
  const count = readInteger(value)!;
  if (count < -1) throw illegalArgument(`[track_total_hits] parameter must be positive or equals to -1, got ${count}`);
  return count;
}

function readFields(member: string, value: unknown): readonly FieldRequest[] {
  if (value === undefined) return [];
  return (value as unknown[]).map((entry) => {
    if (typeof entry === 'string') return { field: entry, format: undefined };
    if (isObject(entry) && typeof entry['field'] === 'string') {
      return { field: entry['field'], format: entry['format'] === undefined ? undefined : asText(entry['format']) };
    }
    throw parsingError(`[${member}] expects field names or objects with [field]`);
  });
}
