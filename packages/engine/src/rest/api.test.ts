import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type RunningEngine } from '../start-engine.ts';
import { ANSWERED } from './answered.cases.ts';
import { REFUSED } from './refused.cases.ts';
import { SEARCHED } from './searched.cases.ts';
import { testClient, type TestAnswer, type TestClient } from './client.testing.ts';

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

async function ask(line: string, body: string | undefined): Promise<TestAnswer> {
  const [method = '', path = ''] = line.split(' ');
  return client.request(method, path, {
    ...(body !== undefined && { body, ...(path.includes('_bulk') && { headers: NDJSON }) }),
  });
}

describe('the REST API', () => {
  it.each(ANSWERED)('%s with %s is answered with %i', async (line, body, status, expected) => {
    const answer = await ask(line, body);
    expect(answer.json).toMatchObject(expected as object);
    expect(answer.status).toBe(status);
    expect(answer.headers['x-elastic-product']).toBe('Elasticsearch');
  });

  it.each(REFUSED)('%s with %s is refused with %i', async (line, body, status, expected) => {
    const answer = await ask(encodeURI(line).replaceAll('%20', ' ').replaceAll('%25', '%'), body);
    expect(answer.json).toMatchObject(expected as object);
    expect(answer.status).toBe(status);
    expect(answer.headers['x-elastic-product']).toBe('Elasticsearch');
  });

  it.each(SEARCHED)('%s with %s is searched with %i', async (line, body, status, expected) => {
    const answer = await ask(encodeURI(line).replaceAll('%20', ' '), body);
    expect(answer.json).toMatchObject(expected as object);
    expect(answer.status).toBe(status);
  });

  it('wrote no internal error meanwhile', () => {
    expect(logged).toEqual([]);
  });

  it('indents what it says of itself unless told otherwise', async () => {
    const { text } = await client.request('GET', '/');
    expect(text).toMatch(/^\{\n {2}"name" : "node-1",\n {2}"cluster_name" : "elasticsearch",\n/);
    expect((await client.request('GET', '/?pretty=false')).text).toMatch(/^\{"name":"node-1","cluster_name"/);
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
