import { describe, expect, it } from 'vitest';
import { ElasticError } from '../errors.ts';
import { createMapping } from '../mapping/mapping.ts';
import type { Searcher } from '../query/query.ts';
import { Bitset } from '../segment/bitset.ts';
import { buildSegment } from '../segment/builder.ts';
import { stringify } from '../wire/json.ts';
import { search } from './search.ts';

const MAPPING = createMapping({
  properties: {
    t: { type: 'date' },
    k: { type: 'keyword' },
    n: { type: 'long' },
    d: { type: 'double' },
    f: { type: 'float' },
    b: { type: 'boolean' },
    ip: { type: 'ip' },
    m: { type: 'text' },
  },
});

const SOURCES = [
  '{"t":"2023-11-14T10:23:01.446Z","k":"a","n":1,"d":1.5,"f":0.1,"b":true,"ip":"10.0.0.1","m":"hello world"}',
  '{"t":"2023-11-14T12:23:01.446Z","k":["b","a"],"n":[5,2],"d":2,"f":0.2,"b":false,"ip":"::1","m":"hello"}',
  '{"m":"bye"}',
];

// What Elasticsearch answers to the same documents: the `hits` of the response.
const ANSWERS: readonly (readonly [body: string, hits: string])[] = [
  [
    '{"query":{"term":{"k":"a"}},"post_filter":{"term":{"k":"b"}},"_source":false}',
    '{"total":{"value":1,"relation":"eq"},"max_score":0.21110919,"hits":[{"_index":"probe","_id":"2","_score":0.21110919}]}',
  ],
  [
    '{"size":1,"_source":false}',
    '{"total":{"value":3,"relation":"eq"},"max_score":1.0,"hits":[{"_index":"probe","_id":"1","_score":1.0}]}',
  ],
  ['{"size":0}', '{"total":{"value":3,"relation":"eq"},"max_score":null,"hits":[]}'],
  ['{"size":0,"track_total_hits":false}', '{"max_score":null,"hits":[]}'],
  ['{"size":0,"track_total_hits":2}', '{"total":{"value":2,"relation":"gte"},"max_score":null,"hits":[]}'],
  [
    '{"from":2,"size":"1"}',
    '{"total":{"value":3,"relation":"eq"},"max_score":1.0,"hits":[{"_index":"probe","_id":"3","_score":1.0,"_source":{"m":"bye"}}]}',
  ],
  ['{"min_score":2}', '{"total":{"value":0,"relation":"eq"},"max_score":null,"hits":[]}'],
  [
    '{"stored_fields":"_none_","size":1}',
    '{"total":{"value":3,"relation":"eq"},"max_score":1.0,"hits":[{"_index":"probe","_score":1.0}]}',
  ],
  [
    '{"sort":[{"t":"desc"},{"n":"asc"},{"d":{"order":"asc"}},{"f":"asc"},{"b":"asc"},{"ip":"asc"},{"k":"asc"},"_score","_doc"],"_source":false}',
    '{"total":{"value":3,"relation":"eq"},"max_score":null,"hits":[{"_index":"probe","_id":"2","_score":1.0,"sort":[1699964581446,2,2.0,0.2,0,"::1","a",1.0,1]},{"_index":"probe","_id":"1","_score":1.0,"sort":[1699957381446,1,1.5,0.1,1,"10.0.0.1","a",1.0,0]},{"_index":"probe","_id":"3","_score":1.0,"sort":[-9223372036854775808,9223372036854775807,"Infinity","Infinity",9223372036854775807,null,null,1.0,2]}]}',
  ],
  [
    '{"sort":{"n":{"order":"desc","mode":"min","missing":"_first"}},"_source":["t","n*"]}',
    '{"total":{"value":3,"relation":"eq"},"max_score":null,"hits":[{"_index":"probe","_id":"3","_score":null,"_source":{},"sort":[9223372036854775807]},{"_index":"probe","_id":"2","_score":null,"_source":{"t":"2023-11-14T12:23:01.446Z","n":[5,2]},"sort":[2]},{"_index":"probe","_id":"1","_score":null,"_source":{"t":"2023-11-14T10:23:01.446Z","n":1},"sort":[1]}]}',
  ],
  [
    '{"sort":[{"n":{"missing":3}}],"track_total_hits":false,"_source":false}',
    '{"max_score":null,"hits":[{"_index":"probe","_id":"1","_score":null,"sort":[1]},{"_index":"probe","_id":"2","_score":null,"sort":[2]},{"_index":"probe","_id":"3","_score":null,"sort":[3]}]}',
  ],
  [
    '{"sort":[{"k":{"missing":"b"}}],"track_total_hits":false,"_source":false}',
    '{"max_score":null,"hits":[{"_index":"probe","_id":"1","_score":null,"sort":["a"]},{"_index":"probe","_id":"2","_score":null,"sort":["a"]},{"_index":"probe","_id":"3","_score":null,"sort":["b"]}]}',
  ],
  [
    '{"sort":[{"q":{"unmapped_type":"long"}},{"q2":{"unmapped_type":"keyword"}}],"_source":false,"size":1}',
    '{"total":{"value":3,"relation":"eq"},"max_score":null,"hits":[{"_index":"probe","_id":"1","_score":null,"sort":[9223372036854775807,null]}]}',
  ],
  [
    '{"sort":[{"n":{"mode":"avg"}},{"d":{"mode":"median"}},{"n":{"mode":"sum"}}],"_source":false,"from":1,"size":1}',
    '{"total":{"value":3,"relation":"eq"},"max_score":null,"hits":[{"_index":"probe","_id":"2","_score":null,"sort":[4,2.0,7]}]}',
  ],
  [
    '{"sort":[{"t":{"format":"yyyy"}}],"track_scores":true,"_source":false,"from":1}',
    '{"total":{"value":3,"relation":"eq"},"max_score":1.0,"hits":[{"_index":"probe","_id":"2","_score":1.0,"sort":["2023"]},{"_index":"probe","_id":"3","_score":1.0,"sort":[null]}]}',
  ],
  [
    '{"sort":[{"_score":"asc"}],"_source":false,"size":1}',
    '{"total":{"value":3,"relation":"eq"},"max_score":null,"hits":[{"_index":"probe","_id":"1","_score":1.0,"sort":[1.0]}]}',
  ],
  [
    '{"sort":["n"],"search_after":[1],"_source":false}',
    '{"total":{"value":3,"relation":"eq"},"max_score":null,"hits":[{"_index":"probe","_id":"2","_score":null,"sort":[2]},{"_index":"probe","_id":"3","_score":null,"sort":[9223372036854775807]}]}',
  ],
  [
    '{"sort":["t"],"search_after":["2023-11-14T11:00:00Z"],"_source":false}',
    '{"total":{"value":3,"relation":"eq"},"max_score":null,"hits":[{"_index":"probe","_id":"2","_score":null,"sort":[1699964581446]},{"_index":"probe","_id":"3","_score":null,"sort":[9223372036854775807]}]}',
  ],
  [
    '{"sort":["n"],"search_after":[9223372036854775807],"_source":false}',
    '{"total":{"value":3,"relation":"eq"},"max_score":null,"hits":[]}',
  ],
  [
    '{"version":true,"seq_no_primary_term":true,"size":1,"fields":["k",{"field":"t","format":"epoch_millis"},"m"],"docvalue_fields":["d","n"],"_source":false}',
    '{"total":{"value":3,"relation":"eq"},"max_score":1.0,"hits":[{"_index":"probe","_id":"1","_version":1,"_seq_no":0,"_primary_term":1,"_score":1.0,"fields":{"d":[1.5],"n":[1],"k":["a"],"t":["1699957381446"],"m":["hello world"]}}]}',
  ],
  [
    '{"_source":{"include":["k"]},"size":1}',
    '{"total":{"value":3,"relation":"eq"},"max_score":1.0,"hits":[{"_index":"probe","_id":"1","_score":1.0,"_source":{"k":"a"}}]}',
  ],
];

describe.each([1, 3])('a search over segments of %i documents', (perSegment) => {
  it.each(ANSWERS)('answers %s as Elasticsearch does', async (body, hits) => {
    const answer = search([await probe(perSegment)], JSON.parse(body));
    expect(stringify(answer.hits).toString()).toBe(hits);
  });
});

describe('a search', () => {
  it('copies sources byte for byte when it shows them whole', async () => {
    const answer = stringify(search([await probe(3)], undefined)).toString();
    expect(answer).toMatch(
      /^\{"took":\d+,"timed_out":false,"_shards":\{"total":1,"successful":1,"skipped":0,"failed":0\},"hits"/,
    );
    for (const source of SOURCES) expect(answer).toContain(`"_source":${source}`);
  });

  it('leaves deleted documents out of hits, total and aggregations', async () => {
    const whole = await probe(3);
    const live = Bitset.full(3);
    live.remove(1);
    const searcher = { ...whole, segments: [{ ...whole.segments[0]!, live, liveCount: 2 }] };
    const answer = search([searcher], {
      _source: false,
      aggs: { k: { terms: { field: 'k' } }, m: { missing: { field: 'k' } } },
    });
    expect(answer.hits.hits.map(({ _id }) => _id)).toEqual(['1', '3']);
    expect(answer.hits.total).toEqual({ value: 2, relation: 'eq' });
    expect(answer.aggregations).toMatchObject({ k: { buckets: [{ key: 'a', doc_count: 1 }] }, m: { doc_count: 1 } });
  });

  it('keeps the order of indices and documents for equal scores', async () => {
    const answer = search([await probe(1, 'second'), await probe(2, 'first')], { _source: false });
    expect(answer.hits.hits.map(({ _index, _id }) => `${_index} ${_id}`)).toEqual([
      'second 1',
      'second 2',
      'second 3',
      'first 1',
      'first 2',
      'first 3',
    ]);
  });

  it('keeps that order for equal sort values too, whichever way it looks', async () => {
    for (const order of ['asc', 'desc']) {
      const answer = search([await probe(1), await probe(2, 'other')], {
        _source: false,
        size: 4,
        sort: [{ same: { order, unmapped_type: 'long' } }],
      });
      expect(answer.hits.hits.map(({ _index, _id }) => `${_index} ${_id}`)).toEqual([
        'probe 1',
        'probe 2',
        'probe 3',
        'other 1',
      ]);
    }
  });

  it('answers for no index at all', () => {
    expect(stringify(search([], {}).hits).toString()).toBe(
      '{"total":{"value":0,"relation":"eq"},"max_score":0.0,"hits":[]}',
    );
  });

  it.each([
    ['{"foo":1}', 'parsing_exception', 'Unknown key for a VALUE_NUMBER in [foo].'],
    ['{"foo":{}}', 'parsing_exception', 'Unknown key for a START_OBJECT in [foo].'],
    ['{"query":null}', 'parsing_exception', 'Unknown key for a VALUE_NULL in [query].'],
    ['{"aggs":[]}', 'parsing_exception', 'Unknown key for a START_ARRAY in [aggs].'],
    ['[]', 'parsing_exception', 'Expected [START_OBJECT] but found [START_ARRAY]'],
    ['{"size":"x"}', 'number_format_exception', 'For input string: "x"'],
    ['{"size":-5}', 'illegal_argument_exception', '[size] parameter cannot be negative, found [-5]'],
    ['{"from":-1}', 'illegal_argument_exception', '[from] parameter cannot be negative but was [-1]'],
    [
      '{"track_total_hits":-3}',
      'illegal_argument_exception',
      '[track_total_hits] parameter must be positive or equals to -1, got -3',
    ],
    [
      '{"highlight":{"fields":{}}}',
      'illegal_argument_exception',
      '[highlight] in a search body is not supported by the embedded engine',
    ],
    [
      '{"sort":[{"n":{"ordr":3}}]}',
      'x_content_parse_exception',
      '[1:1] [field_sort] unknown field [ordr] did you mean [order]?',
    ],
    [
      '{"sort":[{"n":{"order":"up"}}]}',
      'x_content_parse_exception',
      '[1:1] [field_sort] failed to parse field [order]',
    ],
    [
      '{"_source":1}',
      'parsing_exception',
      'Expected one of [VALUE_BOOLEAN, VALUE_STRING, START_ARRAY, START_OBJECT] but found [VALUE_NUMBER]',
    ],
    [
      '{"sort":["n"],"search_after":[1],"from":3}',
      'action_request_validation_exception',
      'Validation Failed: 1: [from] parameter must be set to 0 when [search_after] is used;',
    ],
    [
      '{"stored_fields":"_none_","_source":true}',
      'action_request_validation_exception',
      'Validation Failed: 1: [stored_fields] cannot be disabled if [_source] is requested;',
    ],
  ])('refuses %s', async (body, type, reason) => {
    const searcher = await probe(3);
    expect(() => search([searcher], JSON.parse(body))).toThrow(
      expect.objectContaining({ status: 400, type, message: reason }),
    );
  });

  it.each([
    [
      '{"query":{"term":{"ip":"abc"}}}',
      'query_shard_exception',
      /^failed to create query: 'abc' is not an IP string literal\.$/,
    ],
    [
      '{"query":{"term":{"b":"abc"}}}',
      'query_shard_exception',
      /^failed to create query: Can't parse boolean value \[abc\], expected \[true\] or \[false\]$/,
    ],
    ['{"query":{"term":{"n":"abc"}}}', 'query_shard_exception', /^failed to create query: For input string: "abc"$/],
    ['{"sort":"zzz"}', 'query_shard_exception', /^No mapping found for \[zzz\] in order to sort on$/],
    ['{"sort":"m"}', 'illegal_argument_exception', /^Fielddata is disabled on \[m\] in \[probe\]\. Text fields/],
    [
      '{"sort":[{"k":{"mode":"avg"}}]}',
      'query_shard_exception',
      /^we only support AVG, MEDIAN and SUM on number based fields$/,
    ],
    [
      '{"from":9999,"size":10}',
      'illegal_argument_exception',
      /^Result window is too large, from \+ size must be less than or equal to: \[10000\] but was \[10009\]\./,
    ],
    ['{"search_after":[1]}', 'illegal_argument_exception', /^Sort must contain at least one field\.$/],
    [
      '{"sort":["n"],"search_after":[1,2]}',
      'illegal_argument_exception',
      /^search_after has 2 value\(s\) but sort has 1\.$/,
    ],
    [
      '{"sort":["n"],"search_after":["abc"]}',
      'illegal_argument_exception',
      /^Failed to parse search_after value for field \[n\]\.$/,
    ],
  ])('says that %s failed on all shards', async (body, type, reason) => {
    const searcher = await probe(3);
    const shard = { type, reason: expect.stringMatching(reason) as string };
    expect(() => search([searcher], JSON.parse(body))).toThrow(
      expect.objectContaining({
        type: 'search_phase_execution_exception',
        message: 'all shards failed',
        details: expect.objectContaining({
          phase: 'query',
          grouped: true,
          root_cause: [expect.objectContaining(shard)],
          failed_shards: [{ shard: 0, index: 'probe', node: '_local', reason: expect.objectContaining(shard) }],
        }) as object,
      }) as ElasticError,
    );
  });
});

async function probe(perSegment: number, index = 'probe'): Promise<Searcher> {
  const segments = [];
  for (let start = 0; start < SOURCES.length; start += perSegment) {
    const documents = SOURCES.slice(start, start + perSegment).map((source, i) => ({
      id: String(start + i + 1),
      document: MAPPING.parse(JSON.parse(source)).document,
      source: Buffer.from(source),
      sequenceNumber: start + i,
      version: 1,
    }));
    segments.push({ segment: await buildSegment(documents), live: undefined, liveCount: documents.length });
  }
  return { index, mapping: MAPPING, segments };
}
