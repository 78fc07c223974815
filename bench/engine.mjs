// The embedded engine beside a real OpenSearch: the same documents over HTTP `_bulk` by the same client, the same queries in
// turn, answers compared. BENCH_DOCUMENTS sets how many documents (default 500,000).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { documents, MAPPINGS } from './support/access-log.mjs';
import { client } from './support/client.mjs';
import { OPERATIONS } from './support/operations.mjs';
import { table, writeSection } from './support/page.mjs';
import { memoryOf, processorSecondsOf, sizeOf } from './support/process.mjs';
import { startEmbedded, startOpenSearch } from './support/stores.mjs';

const COUNT = Number(process.env.BENCH_DOCUMENTS ?? 500_000);
const BATCH = 5000;
const ROUNDS = 15;

const stores = [await startEmbedded(), await startOpenSearch()];
const [ours, theirs] = stores;
try {
  for (const store of stores) {
    store.client = client({ ...store, ca: readFileSync(store.caFile) });
    store.indexing = await index(store);
    const { docsPerSecond, peak } = store.indexing;
    console.log(`${store.name}: ${COUNT} documents at ${docsPerSecond}/s, peak ${peak} MB`);
  }
  const latencies = await timeOperations();
  writeSection('The embedded engine and OpenSearch', report(latencies));
} finally {
  for (const store of stores) await store.close();
}

async function index(store) {
  await store.client.send('PUT', '/logs', JSON.stringify({ mappings: MAPPINGS, settings: { number_of_replicas: 0 } }));
  const batches = batchesOf(documents(COUNT));
  const started = performance.now();
  const processorBefore = processorSecondsOf(store.pid);
  await Promise.all([drain(store, batches), drain(store, batches)]);
  const seconds = (performance.now() - started) / 1000;
  const processor = processorSecondsOf(store.pid) - processorBefore;
  const peak = memoryOf(store.pid, 'VmHWM');
  await store.client.send('POST', '/logs/_flush');
  await store.client.send('POST', '/logs/_refresh');
  const { count } = await store.client.send('GET', '/logs/_count');
  assert.equal(count, COUNT, `${store.name} lost documents`);
  return { docsPerSecond: Math.round(COUNT / seconds), processor, peak, disk: sizeOf(store.data) };
}

async function drain(store, batches) {
  for (const body of batches) {
    const { errors } = await store.client.send('POST', '/logs/_bulk', body, 'application/x-ndjson');
    assert.equal(errors, false);
  }
}

function* batchesOf(lines) {
  let body = '';
  let size = 0;
  for (const line of lines) {
    body += `{"create":{}}\n${line}\n`;
    if (++size % BATCH === 0) {
      yield body;
      body = '';
    }
  }
  if (body) yield body;
}

/** Both stores in turn, so that what else the machine does meets both alike. Medians in ms. */
async function timeOperations() {
  const results = [];
  for (const { name, body, answer } of OPERATIONS) {
    const times = stores.map(() => []);
    for (let round = 0; round < ROUNDS; round++) {
      const answers = [];
      for (const [side, store] of stores.entries()) {
        const started = performance.now();
        const response = await store.client.send('POST', '/logs/_search?request_cache=false', JSON.stringify(body));
        times[side].push(performance.now() - started);
        answers.push(answer(response));
      }
      assert.deepEqual(answers[0], answers[1], `${name}: the stores answered differently`);
    }
    const [our, their] = times.map(median);
    results.push({ name, our, their });
    console.log(`${name}: ${our.toFixed(1)} ms, OpenSearch ${their.toFixed(1)} ms`);
  }
  return results;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

function report(latencies) {
  const ratio = (a, b) => (b === 0 ? '–' : (a / b).toFixed(2));
  const row = (name, our, their, digits = 0) => [name, our.toFixed(digits), their.toFixed(digits), ratio(our, their)];
  const serving = stores.map((store) => memoryOf(store.pid));
  const rows = [
    row('indexing, documents/s', ours.indexing.docsPerSecond, theirs.indexing.docsPerSecond),
    row('indexing, CPU seconds', ours.indexing.processor, theirs.indexing.processor, 1),
    row('peak RSS while indexing, MB', ours.indexing.peak, theirs.indexing.peak),
    row('RSS after the queries, MB', serving[0], serving[1]),
    row('disk, MB', ours.indexing.disk, theirs.indexing.disk),
    ...latencies.map(({ name, our, their }) => row(`${name}, ms`, our, their, 1)),
  ];
  return [
    `${COUNT.toLocaleString('en')} access-log documents in batches of ${BATCH} over HTTPS by two connections; OpenSearch ${theirs.version} with a heap of 1 GB and the full compiler; medians of ${ROUNDS} rounds, both in turn, nothing cached between requests by the client.`,
    table(['', 'gatelog engine', 'OpenSearch', 'ratio'], rows),
  ].join('\n\n');
}
