import { absent, failure, refused, text, unsupported, type Row } from './expected-answers.cases.ts';

/** Searches over three documents: a 1, 1, 2; k x, y, z. */
export const SEARCHED: readonly Row[] = [
  [
    'GET /found/_search?q=a:1',
    undefined,
    200,
    {
      timed_out: false,
      _shards: { total: 1, successful: 1, skipped: 0, failed: 0 },
      hits: { total: { value: 2, relation: 'eq' } },
    },
  ],
  [
    'POST /found/_search',
    '{"query":{"term":{"k":"y"}}} // with a comment',
    200,
    { hits: { total: { value: 1 }, hits: [{ _index: 'found', _id: '2', _source: { a: 1, k: 'y' } }] } },
  ],
  [
    'GET /found/_search?source={"size":0}&source_content_type=application/json',
    undefined,
    200,
    { hits: { total: { value: 3 }, hits: [] } },
  ],
  [
    'GET /found/_search?rest_total_hits_as_int=true&size=1&sort=a:desc&_source_includes=k',
    undefined,
    200,
    { hits: { total: 3, max_score: null, hits: [{ _id: '3', _source: { k: 'z' }, sort: [2] }] } },
  ],
  [
    'POST /found/_search?typed_keys&filter_path=aggregations.*.buckets.key',
    '{"size":0,"aggs":{"ks":{"terms":{"field":"k"}}}}',
    200,
    { aggregations: { 'sterms#ks': { buckets: [{ key: 'x' }, { key: 'y' }, { key: 'z' }] } } },
  ],
  [
    'GET /found*,-found/_search',
    undefined,
    200,
    { _shards: { total: 0 }, hits: { total: { value: 0, relation: 'eq' }, hits: [] } },
  ],
  ['GET /nope,found/_search?ignore_unavailable=true&size=0', undefined, 200, { hits: { total: { value: 3 } } }],
  [
    'GET /found/_count?q=k:x',
    undefined,
    200,
    { count: 1, _shards: { total: 1, successful: 1, skipped: 0, failed: 0 } },
  ],
  ['GET /nope/_search', undefined, 404, absent('nope')],
  [
    'GET /nope*/_search?allow_no_indices=false',
    undefined,
    404,
    failure('index_not_found_exception', 'no such index [nope*]'),
  ],
  ['GET /found,-found/_search', undefined, 404, { error: { type: 'index_not_found_exception' } }],
  [
    'GET /found/_search?expand_wildcards=foo',
    undefined,
    400,
    refused('illegal_argument_exception', 'No valid expand wildcard value [foo]'),
  ],
  [
    'GET /found/_search?size=x',
    undefined,
    400,
    failure('illegal_argument_exception', 'Failed to parse int parameter [size] with value [x]'),
  ],
  ['GET /found/_search?scroll=1m', undefined, 400, unsupported('the parameter [scroll]')],
  ['GET /found/_search?source={}', undefined, 400, { error: { type: 'validation_exception' } }],
  ['POST /found/_search', '{"query"', 400, failure('x_content_e_o_f_exception', '[1:9] Unexpected end of file')],
  [
    'POST /found/_search',
    '{"size":1,"size":2}',
    400,
    { error: { type: 'x_content_parse_exception', reason: text("Duplicate field 'size'") } },
  ],
  [
    'POST /found/_search',
    '[]',
    400,
    failure('parsing_exception', 'Expected [START_OBJECT] but found [START_ARRAY]', { line: 1, col: 1 }),
  ],
  ['POST /found/_search', '{"query":{"fuzzy":{"k":"x"}}}', 400, { error: { reason: text('fuzzy') } }],
  [
    'GET /found/_count',
    '{"size":1}',
    400,
    { error: { type: 'parsing_exception', reason: 'request does not support [size]' } },
  ],
];
