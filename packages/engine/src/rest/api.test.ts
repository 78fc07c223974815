import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type RunningEngine } from '../start-engine.ts';
import { testClient, type TestAnswer, type TestClient } from './test-client.ts';

const data = mkdtempSync(join(tmpdir(), 'gatelog-rest-'));
let engine: RunningEngine;
let client: TestClient;
const logged: string[] = [];

beforeAll(async () => {
  engine = await startEngine({
    data,
    port: 0,
    insecure: true,
    password: 'table test',
    nodeName: 'node-1',
    logger: (level, message) => logged.push(`${level} ${message}`),
  });
  client = testClient(engine, 'table test');
  await client.request('PUT', '/seeded', { body: '{"mappings":{"properties":{"a":{"type":"long"}}}}' });
  await client.request('PUT', '/seeded/_doc/1', { body: '{"a":1,"b":{"c":[1.0,2],"d":"x"}}' });
  await client.request('PUT', '/found', { body: '{"mappings":{"properties":{"k":{"type":"keyword"}}}}' });
  const found = [
    { a: 1, k: 'x' },
    { a: 1, k: 'y' },
    { a: 2, k: 'z' },
  ];
  const lines = found.map((source, i) => `{"index":{"_id":"${i + 1}"}}\n${JSON.stringify(source)}\n`);
  await client.request('POST', '/found/_bulk?refresh=true', { body: lines.join('') });
  await client.request('PUT', '/other', { body: '{"settings":{"number_of_replicas":0}}' });
});

afterAll(async () => {
  client.close();
  await engine.close();
  rmSync(data, { recursive: true });
});

const NDJSON = { 'content-type': 'application/x-ndjson' };

/** A request line, its body, the status, and what the answer contains. */
type Row = readonly [line: string, body: string | undefined, status: number, answer: unknown];

async function ask(line: string, body: string | undefined): Promise<TestAnswer> {
  const [method = '', path = ''] = line.split(' ');
  return client.request(method, path, {
    ...(body !== undefined && { body, ...(path.includes('_bulk') && { headers: NDJSON }) }),
  });
}

const failure = (type: string, reason: unknown, details: object = {}): unknown => ({
  error: { root_cause: [{ type, reason, ...details }], type, reason, ...details },
});
const unsupported = (what: string): unknown =>
  failure('illegal_argument_exception', `${what} is not supported by the embedded engine`);
const absent = (index: string): unknown =>
  failure('index_not_found_exception', `no such index [${index}]`, {
    'resource.type': 'index_or_alias',
    'resource.id': index,
    index_uuid: '_na_',
    index,
  });
const refused = (type: string, reason: string): unknown => failure(type, reason);
const text = (part: string): unknown => expect.stringContaining(part);

const answered: readonly Row[] = [
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

const searched: readonly Row[] = [
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

const refusals: readonly Row[] = [
  ['GET /foo/bar?q=1', undefined, 400, { error: 'no handler found for uri [/foo/bar?q=1] and method [GET]' }],
  [
    'PATCH /x',
    undefined,
    405,
    { error: 'Incorrect HTTP method for uri [/x] and method [PATCH], allowed: [GET, PUT, DELETE, HEAD]', status: 405 },
  ],
  [
    'GET /_bulk',
    undefined,
    405,
    { error: 'Incorrect HTTP method for uri [/_bulk] and method [GET], allowed: [POST, PUT]', status: 405 },
  ],
  ['POST /_msearch', '{}\n', 400, unsupported('the API [POST _msearch]')],
  ['POST /seeded/_update/1', '{}', 400, unsupported('the API [POST _update/1]')],
  ['GET /_cat/shards', undefined, 400, unsupported('the API [GET _cat/shards]')],
  [
    'GET /seeded?foo=1',
    undefined,
    400,
    refused('illegal_argument_exception', 'request [/seeded] contains unrecognized parameter: [foo]'),
  ],
  [
    'GET /seeded?prety&foo',
    undefined,
    400,
    refused(
      'illegal_argument_exception',
      'request [/seeded] contains unrecognized parameters: [foo], [prety] -> did you mean [pretty]?',
    ),
  ],
  [
    'GET /seeded?pretty=x',
    undefined,
    400,
    refused('illegal_argument_exception', 'Failed to parse value [x] as only [true] or [false] are allowed.'),
  ],
  ['GET /?format=yaml', undefined, 406, { error: 'format [yaml] is not supported', status: 406 }],
  ['GET /nope/_doc/1', undefined, 404, absent('nope')],
  ['GET /seeded,nope/_mapping', undefined, 404, absent('nope')],
  ['DELETE /nope', undefined, 404, absent('nope')],
  [
    'DELETE /seed*',
    undefined,
    400,
    refused('illegal_argument_exception', 'Wildcard expressions or all indices are not allowed'),
  ],
  [
    'DELETE /_all',
    undefined,
    400,
    refused('illegal_argument_exception', 'Wildcard expressions or all indices are not allowed'),
  ],
  [
    'PUT /Upper',
    undefined,
    400,
    refused('invalid_index_name_exception', 'Invalid index name [Upper], must be lowercase'),
  ],
  ['PUT /x1', '{"foo":1}', 400, refused('parse_exception', 'unknown key [foo] for create index')],
  [
    'PUT /x1',
    '{"settings"',
    400,
    { error: { type: 'x_content_e_o_f_exception', reason: '[1:12] Unexpected end of file' } },
  ],
  [
    'PUT /x1',
    '[1]',
    400,
    failure('parsing_exception', 'Expected [START_OBJECT] but found [START_ARRAY]', { line: 1, col: 1 }),
  ],
  ['POST /seeded/_doc', '', 400, refused('parse_exception', 'request body is required')],
  ['POST /seeded/_doc', '{"a":1', 400, { error: { type: 'document_parsing_exception' } }],
  ['POST /seeded/_doc', '[1]', 400, { error: { type: 'document_parsing_exception' } }],
  ['PUT /seeded/_doc/1?op_type=create', '{}', 409, { error: { type: 'version_conflict_engine_exception' } }],
  [
    'PUT /seeded/_create/1',
    '{}',
    409,
    { error: { type: 'version_conflict_engine_exception', index: 'seeded', shard: '0' } },
  ],
  [
    'PUT /seeded/_doc/1?op_type=foo',
    '{}',
    400,
    refused('illegal_argument_exception', "opType must be 'create' or 'index', found: [foo]"),
  ],
  [
    'PUT /seeded/_doc/1?if_seq_no=7&if_primary_term=1',
    '{}',
    409,
    { error: { type: 'version_conflict_engine_exception', reason: text('required seqNo [7], primary term [1]') } },
  ],
  [
    'PUT /seeded/_doc/1?if_seq_no=7',
    '{}',
    400,
    refused('action_request_validation_exception', 'Validation Failed: 1: ifSeqNo is set, but primary term is [0];'),
  ],
  [
    'PUT /seeded/_doc/1?refresh=foo',
    '{}',
    400,
    refused('illegal_argument_exception', 'Unknown value for refresh: [foo].'),
  ],
  ['PUT /seeded/_doc/1?version=3&version_type=external', '{}', 400, unsupported('version_type [external]')],
  ['PUT /seeded/_doc/1?pipeline=p', '{}', 400, unsupported('the ingest pipeline [p]')],
  ['PUT /seeded/_doc/1?wait_for_active_shards=2', '{}', 400, { error: { reason: text('wait_for_active_shards [2]') } }],
  [
    `PUT /seeded/_doc/${'é'.repeat(300)}`,
    '{}',
    400,
    { error: { reason: text('is too long, must be no longer than 512 bytes but was: 600') } },
  ],
  [
    'GET /seeded/_source/none',
    undefined,
    404,
    refused('resource_not_found_exception', 'Document not found [seeded]/[none]'),
  ],
  ['GET /seeded/_doc/1?version=9', undefined, 409, { error: { type: 'version_conflict_engine_exception' } }],
  ['GET /seeded/_doc/1?stored_fields=a', undefined, 400, unsupported('[stored_fields]')],
  [
    'POST /_bulk',
    '{"index":{}}\n{}\n',
    400,
    refused('action_request_validation_exception', 'Validation Failed: 1: index is missing;'),
  ],
  [
    'POST /_bulk',
    '\n',
    400,
    refused('action_request_validation_exception', 'Validation Failed: 1: no requests added;'),
  ],
  [
    'POST /seeded/_bulk',
    '{"delete":{}}\n',
    400,
    refused('action_request_validation_exception', 'Validation Failed: 1: id is missing;'),
  ],
  [
    'POST /seeded/_bulk',
    '{"index":{}}\n{}',
    400,
    refused('illegal_argument_exception', String.raw`The bulk request must be terminated by a newline [\n]`),
  ],
  ['POST /seeded/_bulk?require_alias=true', '{"index":{}}\n{}\n', 400, unsupported('require_alias')],
  [
    'GET /_cat/indices?s=foo',
    undefined,
    400,
    refused('illegal_argument_exception', 'Unable to sort by unknown sort key `foo`'),
  ],
  ['GET /seeded/_doc/1?_source=%zz', undefined, 400, { error: { type: 'bad_parameter_exception' } }],
];

describe('the REST API', () => {
  it.each(answered)('%s with %s is answered with %i', async (line, body, status, expected) => {
    const answer = await ask(line, body);
    expect(answer.json).toMatchObject(expected as object);
    expect(answer.status).toBe(status);
    expect(answer.headers['x-elastic-product']).toBe('Elasticsearch');
  });

  it.each(refusals)('%s with %s is refused with %i', async (line, body, status, expected) => {
    const answer = await ask(encodeURI(line).replaceAll('%20', ' ').replaceAll('%25', '%'), body);
    expect(answer.json).toMatchObject(expected as object);
    expect(answer.status).toBe(status);
    expect(answer.headers['x-elastic-product']).toBe('Elasticsearch');
  });

  it.each(searched)('%s with %s is searched with %i', async (line, body, status, expected) => {
    const answer = await ask(encodeURI(line).replaceAll('%20', ' '), body);
    expect(answer.json).toMatchObject(expected as object);
    expect(answer.status).toBe(status);
  });

  it('wrote no internal error meanwhile', () => {
    expect(logged).toEqual([]);
  });

  it('keeps a document’s bytes as they were sent', async () => {
    const source = '{ "n" : 1.0,\t"big":9007199254740993, "s":"é" }';
    await client.request('PUT', '/bytes/_doc/1', { body: source });
    expect((await client.request('GET', '/bytes/_source/1')).text).toBe(source);
    expect((await client.request('GET', '/bytes/_doc/1')).text).toContain(`"_source":${source}`);
  });

  it('answers HEAD with the headers of GET alone', async () => {
    const get = await client.request('GET', '/');
    const head = await client.request('HEAD', '/');
    expect([head.status, head.text, head.headers['content-length']]).toEqual([200, '', get.headers['content-length']]);
    for (const [path, status] of [
      ['/seeded', 200],
      ['/nope', 404],
      ['/seeded/_doc/1', 200],
      ['/seeded/_doc/9', 404],
      ['/seeded/_source/1', 200],
    ] as const) {
      expect((await client.request('HEAD', path)).status).toBe(status);
    }
  });

  it('indents as Elasticsearch does', async () => {
    const { text: body } = await client.request('GET', '/seeded/_doc/none?pretty');
    expect(body).toBe('{\n  "_index" : "seeded",\n  "_id" : "none",\n  "found" : false\n}\n');
  });

  it('aligns its tables as Elasticsearch does', async () => {
    const { text: body, headers } = await client.request(
      'GET',
      '/_cat/indices/seeded,other?v&h=health,index,docs.count,rep&s=index:desc',
    );
    expect(body).toBe('health index  docs.count rep\nyellow seeded          1   1\ngreen  other           0   0\n');
    expect(headers['content-type']).toBe('text/plain; charset=UTF-8');
  });

  it('takes gzip, and gives it for long answers', async () => {
    const body = gzipSync('{"zipped":true}');
    const written = await client.request('PUT', '/zipped/_doc/1', { body, headers: { 'content-encoding': 'gzip' } });
    expect(written.status).toBe(201);
    expect((await client.request('GET', '/zipped/_source/1')).json).toEqual({ zipped: true });
    const headers = { 'accept-encoding': 'gzip' };
    expect((await client.request('GET', '/_nodes', { headers })).headers['content-encoding']).toBeUndefined();
    expect((await client.request('GET', '/_all', { headers })).headers['content-encoding']).toBe('gzip');
  });

  it.each([
    ['gzip that is none', Buffer.from('{}'), { 'content-encoding': 'gzip' }, 400],
    ['an encoding it does not know', Buffer.from('{}'), { 'content-encoding': 'br' }, 415],
    [
      'a body that unpacks to more than 100 MB',
      gzipSync(Buffer.alloc(101 * 2 ** 20)),
      { 'content-encoding': 'gzip' },
      413,
    ],
    ['bytes that are no UTF-8', Buffer.from('{"a":"\xff"}', 'latin1'), {}, 400],
    ['another content type', Buffer.from('{}'), { 'content-type': 'text/plain' }, 406],
  ])('refuses %s and stays usable', async (_, body, headers, status) => {
    expect((await client.request('PUT', '/seeded/_doc/1', { body, headers })).status).toBe(status);
    expect((await client.request('GET', '/')).status).toBe(200);
  });

  it('gives a client its versioned media type back', async () => {
    const accept = 'application/vnd.elasticsearch+json; compatible-with=8';
    const answer = await client.request('GET', '/', { headers: { accept } });
    expect(answer.headers['content-type']).toBe('application/vnd.elasticsearch+json;compatible-with=8');
  });
});
