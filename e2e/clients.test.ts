import { readFileSync } from 'node:fs';
import { Client as ElasticClient } from '@elastic/elasticsearch';
import { Client as OpenSearchClient } from '@opensearch-project/opensearch';
import { beforeAll, expect, test } from 'vitest';
import { type EmbeddedStore, startEmbedded } from './engines/embedded.ts';

interface Visit {
  readonly '@timestamp': string;
  readonly message: string;
  readonly level: string;
  readonly bytes: number;
}

const DOCUMENTS = Array.from({ length: 3_000 }, (_, number): Visit => {
  const isRefused = number % 3 === 0;
  return {
    '@timestamp': new Date(Date.UTC(2025, 0, 1) + number * 60_000).toISOString(),
    message: isRefused ? 'Unauthorized - PUT request' : 'Authorized - GET request',
    level: isRefused ? 'error' : 'info',
    bytes: number,
  };
});
const QUERY = {
  size: 5,
  track_total_hits: true,
  query: { match: { message: 'Unauthorized' } },
  sort: [{ '@timestamp': 'desc' as const }],
  aggs: {
    days: {
      date_histogram: { field: '@timestamp', calendar_interval: 'day' as const },
      aggs: { bytes: { sum: { field: 'bytes' } } },
    },
    levels: { terms: { field: 'level.keyword' } },
  },
};

let store: EmbeddedStore;
beforeAll(async () => {
  store = await startEmbedded();
});

test("Elasticsearch's own client indexes with its bulk helper, searches and aggregates", async () => {
  const { url, user: username, password, caFile } = store;
  const client = new ElasticClient({ node: url, auth: { username, password }, tls: { ca: readFileSync(caFile) } });
  const index = 'elastic-client';
  const result = await client.helpers.bulk({
    datasource: DOCUMENTS,
    onDocument: () => ({ create: { _index: index } }),
    refreshOnCompletion: index,
    flushBytes: 100_000,
  });
  expect(result).toMatchObject({ total: 3_000, successful: 3_000, failed: 0 });
  expect((await client.info()).version.number).toBe('8.11.1');
  expect(await client.count({ index })).toMatchObject({ count: 3_000 });
  expectFound(await client.search({ index, ...QUERY }));
  await client.close();
});

test("OpenSearch's own client does the same", async () => {
  const { url, user: username, password, caFile } = store;
  const client = new OpenSearchClient({ node: url, auth: { username, password }, ssl: { ca: readFileSync(caFile) } });
  const index = 'opensearch-client';
  const result = await client.helpers.bulk({
    datasource: [...DOCUMENTS],
    onDocument: () => ({ create: { _index: index } }),
    refreshOnCompletion: index,
    flushBytes: 100_000,
  });
  expect(result).toMatchObject({ total: 3_000, successful: 3_000, failed: 0 });
  expect((await client.count({ index })).body).toMatchObject({ count: 3_000 });
  // Its types of aggregations know no field in `terms`.
  const body: object = QUERY;
  expectFound((await client.search({ index, body })).body);
  await client.close();
});

function expectFound(answer: unknown): void {
  expect(answer).toMatchObject({
    timed_out: false,
    hits: { total: { value: 1_000, relation: 'eq' }, hits: [2997, 2994, 2991, 2988, 2985].map(hit) },
    aggregations: {
      days: { buckets: [{ doc_count: 480 }, { doc_count: 480 }, { doc_count: 40 }] },
      levels: { sum_other_doc_count: 0, buckets: [{ key: 'error', doc_count: 1_000 }] },
    },
  });
}

function hit(number: number): unknown {
  return { _source: DOCUMENTS[number], sort: [Date.parse(DOCUMENTS[number]?.['@timestamp'] ?? '')] };
}
