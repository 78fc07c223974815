import { expect } from 'vitest';
import { text, type Row } from './expected-answers.cases.ts';

/** Requests that are answered. They run in this order, each on what those before it left. */
export const ANSWERED: readonly Row[] = [
  [
    'GET /',
    undefined,
    200,
    {
      name: 'node-1',
      cluster_name: 'elasticsearch',
      version: { number: '8.11.1', lucene_version: '9.8.0' },
      tagline: 'You Know, for Search',
    },
  ],
  ['PUT /fresh', undefined, 200, { acknowledged: true, shards_acknowledged: true, index: 'fresh' }],
  [
    'GET /seeded',
    undefined,
    200,
    {
      seeded: {
        aliases: {},
        mappings: { properties: { a: { type: 'long' } } },
        settings: {
          index: {
            number_of_shards: '1',
            number_of_replicas: '1',
            provided_name: 'seeded',
            version: { created: '8500003' },
          },
        },
      },
    },
  ],
  ['GET /seed*,-nothing*/_mapping', undefined, 200, { seeded: { mappings: { properties: { a: { type: 'long' } } } } }],
  ['GET /nothing*', undefined, 200, {}],
  [
    'GET /seeded/_mapping/field/b.*,a',
    undefined,
    200,
    {
      seeded: {
        mappings: {
          a: { full_name: 'a', mapping: { a: { type: 'long' } } },
          'b.d.keyword': { full_name: 'b.d.keyword', mapping: { keyword: { type: 'keyword', ignore_above: 256 } } },
        },
      },
    },
  ],
  [
    'GET /seeded/_settings/index.number*?flat_settings',
    undefined,
    200,
    { seeded: { settings: { 'index.number_of_replicas': '1', 'index.number_of_shards': '1' } } },
  ],
  ['PUT /seeded/_mapping', '{"properties":{"z":{"type":"keyword"}}}', 200, { acknowledged: true }],
  ['PUT /seeded/_settings', '{"index":{"refresh_interval":"5s"}}', 200, { acknowledged: true }],
  [
    'POST /auto/_doc/7?refresh',
    '{"a":1 // a comment\n}',
    201,
    {
      _index: 'auto',
      _id: '7',
      _version: 1,
      result: 'created',
      forced_refresh: true,
      _shards: { total: 2, successful: 1, failed: 0 },
      _seq_no: 0,
      _primary_term: 1,
    },
  ],
  [
    'PUT /auto/_doc/7?if_seq_no=0&if_primary_term=1',
    '{}',
    200,
    { _id: '7', _version: 2, result: 'updated', _seq_no: 1 },
  ],
  ['POST /auto/_doc?refresh=wait_for', '{}', 201, { result: 'created', _id: expect.stringMatching(/^[\w-]{20}$/) }],
  ['DELETE /auto/_doc/7', undefined, 200, { result: 'deleted', _version: 3 }],
  ['DELETE /auto/_doc/7', undefined, 404, { result: 'not_found' }],
  [
    'GET /seeded/_doc/1',
    undefined,
    200,
    {
      _index: 'seeded',
      _id: '1',
      _version: 1,
      _seq_no: 0,
      _primary_term: 1,
      found: true,
      _source: { a: 1, b: { c: [1, 2], d: 'x' } },
    },
  ],
  ['GET /seeded/_doc/1?_source_excludes=b.c&_source_includes=b', undefined, 200, { _source: { b: { d: 'x' } } }],
  ['GET /seeded/_source/1', undefined, 200, { a: 1, b: { c: [1, 2], d: 'x' } }],
  ['GET /seeded/_doc/none', undefined, 404, { _index: 'seeded', _id: 'none', found: false }],
  ['POST /seeded,other/_refresh', undefined, 200, { _shards: { total: 3, successful: 2, failed: 0 } }],
  ['POST /other/_flush', undefined, 200, { _shards: { total: 1, successful: 1, failed: 0 } }],
  [
    'GET /_cluster/health/other?level=indices',
    undefined,
    200,
    {
      status: 'green',
      active_shards_percent_as_number: 100,
      indices: { other: { status: 'green', number_of_replicas: 0 } },
    },
  ],
  [
    'GET /_cluster/health/seeded?wait_for_status=green',
    undefined,
    408,
    { status: 'yellow', timed_out: true, unassigned_shards: 1 },
  ],
  ['GET /_cluster/health/nothing', undefined, 408, { status: 'red' }],
  [
    'GET /_cat/indices/other?format=json&h=index,pri,rep,docs.count',
    undefined,
    200,
    [{ index: 'other', pri: '1', rep: '0', 'docs.count': '0' }],
  ],
  ['GET /_nodes/http', undefined, 200, { _nodes: { total: 1 }, cluster_name: 'elasticsearch' }],
  [
    'GET /_security/_authenticate',
    undefined,
    200,
    { username: 'elastic', roles: ['superuser'], authentication_type: 'realm' },
  ],
  ['DELETE /fresh', undefined, 200, { acknowledged: true }],
  ['DELETE /fresh?ignore_unavailable=true', undefined, 200, { acknowledged: true }],
  [
    'POST /bulked/_bulk?refresh=true',
    '{"index":{"_id":"1"}}\n{"a":1}\n{"create":{"_id":"1"}}\n{"a":1}\n{"delete":{"_id":"2"}}\n{"update":{"_id":"1"}}\n{"doc":{}}\n{"index":{"_index":"Bad"}}\n{}\n{"index":{"_id":"3"}}\n{"a":\n{"delete":{"_index":"nope","_id":"1"}}\n',
    200,
    {
      errors: true,
      items: [
        { index: { _index: 'bulked', _id: '1', _version: 1, result: 'created', forced_refresh: true, status: 201 } },
        {
          create: {
            _id: '1',
            status: 409,
            error: {
              type: 'version_conflict_engine_exception',
              reason: text('[1]: version conflict, document already exists (current version [1])'),
            },
          },
        },
        { delete: { _id: '2', result: 'not_found', status: 404 } },
        { update: { _id: '1', status: 400, error: { type: 'illegal_argument_exception' } } },
        { index: { _index: 'Bad', _id: null, status: 400, error: { type: 'invalid_index_name_exception' } } },
        { index: { _id: '3', status: 400, error: { type: 'document_parsing_exception' } } },
        { delete: { _index: 'nope', status: 404, error: { type: 'index_not_found_exception' } } },
      ],
    },
  ],
  [
    'POST /_bulk?filter_path=items.*._seq_no',
    '{"index":{"_index":"bulked"}}\n{}\n',
    200,
    { items: [{ index: { _seq_no: expect.any(Number) } }] },
  ],
];
