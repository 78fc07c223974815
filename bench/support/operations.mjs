// What log work asks, as search bodies, and the part of the answer on which both stores must agree.

const total = ({ hits }) => hits.total.value;
const hour = { date_histogram: { field: '@timestamp', fixed_interval: '1h' } };
const oneDay = { range: { '@timestamp': { gte: '2026-01-07T00:00:00Z', lt: '2026-01-08T00:00:00Z' } } };
const counted = { track_total_hits: true };

export const OPERATIONS = [
  { name: 'match_all, 10 hits', body: { ...counted, query: { match_all: {} } }, answer: total },
  { name: 'a word, 10 best', body: { ...counted, query: { match: { message: 'unauthorized' } } }, answer: total },
  {
    name: 'two words, 10 best',
    body: { ...counted, query: { match: { message: { query: 'unauthorized admin', operator: 'and' } } } },
    answer: total,
  },
  {
    name: 'status 403 in one day, newest 50',
    body: {
      ...counted,
      size: 50,
      sort: [{ '@timestamp': 'desc' }],
      query: { bool: { filter: [{ term: { 'http.response.status_code': 403 } }, oneDay] } },
    },
    answer: ({ hits }) => [hits.total.value, hits.hits.map(({ sort }) => sort[0])],
  },
  { name: 'one day, counted', body: { ...counted, size: 0, query: oneDay }, answer: total },
  {
    name: 'hourly counts by status',
    body: {
      size: 0,
      aggs: { hours: { ...hour, aggs: { status: { terms: { field: 'http.response.status_code' } } } } },
    },
    answer: ({ aggregations }) =>
      aggregations.hours.buckets.map(({ key, doc_count: count, status }) => [key, count, status.buckets.length]),
  },
  {
    name: 'who probes: clients of 403 and 404 with distinct paths',
    body: {
      size: 0,
      query: { terms: { 'http.response.status_code': [401, 403, 404] } },
      aggs: {
        clients: { terms: { field: 'client.ip', size: 10 }, aggs: { paths: { cardinality: { field: 'url.path' } } } },
      },
    },
    answer: ({ aggregations }) => aggregations.clients.buckets.map(({ doc_count: count }) => count),
  },
  {
    name: 'bytes by path',
    body: {
      size: 0,
      aggs: {
        paths: {
          terms: { field: 'url.path', size: 5 },
          aggs: { bytes: { stats: { field: 'http.response.body.bytes' } } },
        },
      },
    },
    answer: ({ aggregations }) => aggregations.paths.buckets.map(({ key, bytes }) => [key, bytes.sum]),
  },
];
