import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { storeClient, type StoreClient } from '../elastic/client.ts';
import { countDocuments, searchDocuments } from './search.ts';
import { topValues } from './top-values.ts';

let server: Server;
let client: StoreClient;
let requests: { path: string; body: Record<string, unknown> }[];
let answers: { status: number; body: unknown }[];

beforeEach(async () => {
  requests = [];
  answers = [];
  server = createServer(async (request, response) => {
    const text = (await request.toArray()).join('');
    requests.push({ path: request.url ?? '', body: JSON.parse(text) as Record<string, unknown> });
    const { status, body } = answers.shift() ?? { status: 500, body: {} };
    response.writeHead(status).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  client = storeClient({ url, credential: { who: 'nobody', header: undefined } });
});

afterEach(async () => {
  client.close();
  await new Promise((resolve) => server.close(resolve));
});

const refusal = (reason: string): { status: number; body: unknown } => ({
  status: 400,
  body: { error: { type: 'search_phase_execution_exception', reason } },
});

test('a search by score sends no order, and the answer comes through as it is', async () => {
  answers.push({ status: 200, body: { hits: { max_score: 1.4005797 } } });
  const { text } = await searchDocuments({ client, index: 'my_logs', query: 'Unauthorized' });
  expect(text).toBe('{"hits":{"max_score":1.4005797}}');
  expect(requests).toEqual([
    {
      path: '/my_logs/_search',
      body: {
        query: { query_string: { query: 'Unauthorized', default_field: 'message' } },
        size: 10,
        track_total_hits: true,
      },
    },
  ]);
});

test('the newest come first in documents of either schema', async () => {
  answers.push({ status: 200, body: {} });
  await searchDocuments({ client, index: 'i', sort: 'newest' });
  expect(requests[0]?.body['sort']).toEqual([
    { '@timestamp': { order: 'desc', unmapped_type: 'date' } },
    { 'timestamp.keyword': { order: 'desc', unmapped_type: 'keyword' } },
  ]);
});

test('a query string that cannot be read is the fault of who wrote it', async () => {
  answers.push(refusal('Failed to parse query [a AND]'));
  const counting = countDocuments({ client, index: 'i', query: 'a AND' });
  await expect(counting).rejects.toMatchObject({ code: 'GATELOG_SEARCH_QUERY_INVALID', exitCode: 2 });
});

test('a text field is counted by its keyword', async () => {
  const buckets = [{ key: 'b', doc_count: 2 }];
  answers.push(refusal('Fielddata is disabled on [message]'), {
    status: 200,
    body: { aggregations: { by: { buckets } } },
  });
  expect((await topValues({ client, index: 'i' }, 'message')).values).toEqual([{ value: 'b', count: 2 }]);
  expect(requests[1]?.body['aggs']).toEqual({ by: { terms: { field: 'message.keyword', size: 10 } } });
});

test('a short name stands for its field in both schemas, and the most frequent values come first', async () => {
  const by = {
    buckets: [
      { key: '1.1.1.1', doc_count: 3 },
      { key: '2.2.2.2', doc_count: 1 },
    ],
  };
  const by_classic = { buckets: [{ key: '3.3.3.3', doc_count: 2 }] };
  answers.push({ status: 200, body: { aggregations: { by, by_classic } } });
  const { values } = await topValues({ client, index: 'i', size: 2 }, 'ip');
  expect(values.map(({ value }) => value)).toEqual(['1.1.1.1', '3.3.3.3']);
  expect(requests[0]?.body['aggs']).toEqual({
    by: { terms: { field: 'client.ip', size: 2 } },
    by_classic: { terms: { field: 'ip_address.keyword', size: 2 } },
  });
});
