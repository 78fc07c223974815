import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client as ElasticClient } from '@elastic/elasticsearch';
import { Client as OpenSearchClient } from '@opensearch-project/opensearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type RunningEngine } from '../start-engine.ts';

const data = mkdtempSync(join(tmpdir(), 'gatelog-clients-'));
let engine: RunningEngine;

beforeAll(async () => {
  engine = await startEngine({ data, port: 0 });
});
afterAll(async () => {
  await engine.close();
  rmSync(data, { recursive: true });
});

const documents = Array.from({ length: 1_000 }, (_, i) => ({
  '@timestamp': new Date(1_700_000_000_000 + i * 1_000).toISOString(),
  message: i % 4 === 0 ? 'Unauthorized - POST request' : 'Authorized - GET request',
  http: { response: { status_code: i % 4 === 0 ? 403 : 200 } },
}));

function connection(): { node: string; auth: { username: string; password: string }; ssl: object; tls: object } {
  const trust = { ca: readFileSync(engine.caFile!) };
  return { node: engine.url, auth: { username: 'elastic', password: engine.password! }, ssl: trust, tls: trust };
}

const byStatus = { statuses: { terms: { field: 'http.response.status_code' } } };
const buckets = [
  { key: 200, doc_count: 750 },
  { key: 403, doc_count: 250 },
];

describe('Elasticsearch’s own client', () => {
  it('takes the engine for Elasticsearch: bulk helper, search, aggregation, errors', async () => {
    const client = new ElasticClient(connection());
    const result = await client.helpers.bulk({
      datasource: documents,
      onDocument: () => ({ create: { _index: 'elastic' } }),
      refreshOnCompletion: 'elastic',
      flushBytes: 20_000,
    });
    expect(result).toMatchObject({ total: 1_000, successful: 1_000, failed: 0 });
    const found = await client.search({
      index: 'elastic',
      query: { match: { message: 'Unauthorized' } },
      aggs: { ...byStatus },
      size: 3,
    });
    expect(found.hits.total).toEqual({ value: 250, relation: 'eq' });
    expect(found.hits.hits).toHaveLength(3);
    const all = await client.search({ index: 'elastic', size: 0, aggs: byStatus });
    expect(all.aggregations!['statuses']).toMatchObject({ buckets });
    expect(await client.count({ index: 'elastic' })).toMatchObject({ count: 1_000 });
    expect(await client.indices.exists({ index: 'none' })).toBe(false);
    expect(await client.cat.indices({ index: 'elastic', format: 'json' })).toMatchObject([{ 'docs.count': '1000' }]);
    await expect(client.get({ index: 'none', id: '1' })).rejects.toMatchObject({ statusCode: 404 });
    await client.close();
  });
});

describe('OpenSearch’s own client', () => {
  it('works as well: bulk helper, search, aggregation, errors', async () => {
    const client = new OpenSearchClient(connection());
    const result = await client.helpers.bulk({
      datasource: documents,
      onDocument: () => ({ index: { _index: 'opensearch' } }),
      refreshOnCompletion: 'opensearch',
    });
    expect(result).toMatchObject({ total: 1_000, successful: 1_000, failed: 0 });
    // Its types do not know that a terms aggregation has a field.
    const request: object = { query: { match: { message: 'unauthorized' } }, aggs: byStatus };
    const { body } = await client.search({ index: 'opensearch', body: request });
    expect(body.hits.total).toEqual({ value: 250, relation: 'eq' });
    expect(body.aggregations!['statuses']).toMatchObject({ buckets: [{ key: 403, doc_count: 250 }] });
    expect((await client.cluster.health()).body).toMatchObject({ status: 'yellow' });
    await expect(client.get({ index: 'none', id: '1' })).rejects.toMatchObject({ statusCode: 404 });
    await client.close();
  });
});
