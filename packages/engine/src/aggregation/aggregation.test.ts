import { describe, expect, it } from 'vitest';
import { ElasticError } from '../errors.ts';
import type { Query, Searcher } from '../query/query.ts';
import { stringify } from '../wire/json.ts';
import { Bitset } from '../segment/bitset.ts';
import { parseAggregations } from './parse.ts';
import { runAggregations } from './run.ts';
import { sampleSearcher } from './sample-searcher.testing.ts';

const TYPES = { t: 'date', k: 'keyword', n: 'long', d: 'double', b: 'boolean', m: 'text' };

const DOCUMENTS = [
  { t: '2023-11-14T10:23:01.446Z', k: 'a', n: 1, d: 1.5, b: true },
  { t: '2023-11-14T12:23:01.446Z', k: ['b', 'a'], n: [5, 2], d: 2, b: false },
  { m: 'bye' },
];

/** Everything in one segment, and every document in its own: the answers must be the same. */
const ARRANGEMENTS = [3, 1];

// Answers of Elasticsearch to the same documents.
const ANSWERS: readonly (readonly [body: string, answer: string])[] = [
  [
    '{"date_histogram":{"field":"t","fixed_interval":"1h","hard_bounds":{"max":"2023-11-14T12:30:00Z"}}}',
    '{"buckets":[{"key_as_string":"2023-11-14T10:00:00.000Z","key":1699956000000,"doc_count":1}]}',
  ],
  [
    '{"date_histogram":{"field":"t","fixed_interval":"1h","min_doc_count":2,"hard_bounds":{"min":"2023-11-14T10:10:00Z"}}}',
    '{"buckets":[]}',
  ],
  [
    '{"histogram":{"field":"n","interval":2,"hard_bounds":{"min":1,"max":3}}}',
    '{"buckets":[{"key":2.0,"doc_count":1}]}',
  ],
  [
    '{"terms":{"field":"k","include":"[ab]","exclude":"a.*"}}',
    '{"doc_count_error_upper_bound":0,"sum_other_doc_count":0,"buckets":[{"key":"b","doc_count":1}]}',
  ],
  [
    '{"terms":{"field":"k","min_doc_count":0,"include":"z.*"}}',
    '{"doc_count_error_upper_bound":0,"sum_other_doc_count":0,"buckets":[]}',
  ],
  [
    '{"terms":{"field":"k"}}',
    '{"doc_count_error_upper_bound":0,"sum_other_doc_count":0,"buckets":[{"key":"a","doc_count":2},{"key":"b","doc_count":1}]}',
  ],
  [
    '{"terms":{"field":"n"}}',
    '{"doc_count_error_upper_bound":0,"sum_other_doc_count":0,"buckets":[{"key":1,"doc_count":1},{"key":2,"doc_count":1},{"key":5,"doc_count":1}]}',
  ],
  [
    '{"terms":{"field":"d"}}',
    '{"doc_count_error_upper_bound":0,"sum_other_doc_count":0,"buckets":[{"key":1.5,"doc_count":1},{"key":2.0,"doc_count":1}]}',
  ],
  [
    '{"terms":{"field":"b"}}',
    '{"doc_count_error_upper_bound":0,"sum_other_doc_count":0,"buckets":[{"key":0,"key_as_string":"false","doc_count":1},{"key":1,"key_as_string":"true","doc_count":1}]}',
  ],
  [
    '{"terms":{"field":"b","missing":true}}',
    '{"doc_count_error_upper_bound":0,"sum_other_doc_count":0,"buckets":[{"key":1,"key_as_string":"true","doc_count":2},{"key":0,"key_as_string":"false","doc_count":1}]}',
  ],
  [
    '{"terms":{"field":"k","missing":"NA"}}',
    '{"doc_count_error_upper_bound":0,"sum_other_doc_count":0,"buckets":[{"key":"a","doc_count":2},{"key":"NA","doc_count":1},{"key":"b","doc_count":1}]}',
  ],
  [
    '{"terms":{"field":"k","size":1}}',
    '{"doc_count_error_upper_bound":0,"sum_other_doc_count":1,"buckets":[{"key":"a","doc_count":2}]}',
  ],
  [
    '{"terms":{"field":"k","include":["b"]}}',
    '{"doc_count_error_upper_bound":0,"sum_other_doc_count":0,"buckets":[{"key":"b","doc_count":1}]}',
  ],
  [
    '{"terms":{"field":"n","include":[1,2],"exclude":[2]}}',
    '{"doc_count_error_upper_bound":0,"sum_other_doc_count":0,"buckets":[{"key":1,"doc_count":1}]}',
  ],
  ['{"terms":{"field":"unmapped"}}', '{"doc_count_error_upper_bound":0,"sum_other_doc_count":0,"buckets":[]}'],
  [
    '{"terms":{"field":"k","order":{"_key":"desc"}}}',
    '{"doc_count_error_upper_bound":0,"sum_other_doc_count":0,"buckets":[{"key":"b","doc_count":1},{"key":"a","doc_count":2}]}',
  ],
  [
    '{"terms":{"field":"k","order":[{"a":"desc"},{"_key":"asc"}]},"aggs":{"a":{"avg":{"field":"n"}}},"meta":{"q":1}}',
    '{"meta":{"q":1},"doc_count_error_upper_bound":0,"sum_other_doc_count":0,"buckets":[{"key":"b","doc_count":1,"a":{"value":3.5}},{"key":"a","doc_count":2,"a":{"value":2.6666666666666665}}]}',
  ],
  [
    '{"terms":{"field":"k","order":{"s.max":"desc"}},"aggs":{"s":{"stats":{"field":"n"}}}}',
    '{"doc_count_error_upper_bound":0,"sum_other_doc_count":0,"buckets":[{"key":"a","doc_count":2,"s":{"count":3,"min":1.0,"max":5.0,"avg":2.6666666666666665,"sum":8.0}},{"key":"b","doc_count":1,"s":{"count":2,"min":2.0,"max":5.0,"avg":3.5,"sum":7.0}}]}',
  ],
  [
    '{"date_histogram":{"field":"t","calendar_interval":"hour"}}',
    '{"buckets":[{"key_as_string":"2023-11-14T10:00:00.000Z","key":1699956000000,"doc_count":1},{"key_as_string":"2023-11-14T11:00:00.000Z","key":1699959600000,"doc_count":0},{"key_as_string":"2023-11-14T12:00:00.000Z","key":1699963200000,"doc_count":1}]}',
  ],
  [
    '{"date_histogram":{"field":"t","fixed_interval":"1h","time_zone":"Europe/Prague","keyed":true,"min_doc_count":1}}',
    '{"buckets":{"2023-11-14T11:00:00.000+01:00":{"key_as_string":"2023-11-14T11:00:00.000+01:00","key":1699956000000,"doc_count":1},"2023-11-14T13:00:00.000+01:00":{"key_as_string":"2023-11-14T13:00:00.000+01:00","key":1699963200000,"doc_count":1}}}',
  ],
  [
    '{"date_histogram":{"field":"t","fixed_interval":"1h","offset":"+15m","order":{"_key":"desc"}}}',
    '{"buckets":[{"key_as_string":"2023-11-14T12:15:00.000Z","key":1699964100000,"doc_count":1},{"key_as_string":"2023-11-14T11:15:00.000Z","key":1699960500000,"doc_count":0},{"key_as_string":"2023-11-14T10:15:00.000Z","key":1699956900000,"doc_count":1}]}',
  ],
  [
    '{"date_histogram":{"field":"t","fixed_interval":"1h","extended_bounds":{"min":"2023-11-14T09:00:00Z","max":"2023-11-14T13:00:00Z"}}}',
    '{"buckets":[{"key_as_string":"2023-11-14T09:00:00.000Z","key":1699952400000,"doc_count":0},{"key_as_string":"2023-11-14T10:00:00.000Z","key":1699956000000,"doc_count":1},{"key_as_string":"2023-11-14T11:00:00.000Z","key":1699959600000,"doc_count":0},{"key_as_string":"2023-11-14T12:00:00.000Z","key":1699963200000,"doc_count":1},{"key_as_string":"2023-11-14T13:00:00.000Z","key":1699966800000,"doc_count":0}]}',
  ],
  [
    '{"date_histogram":{"field":"t","fixed_interval":"1h","hard_bounds":{"max":"2023-11-14T11:00:00Z"}}}',
    '{"buckets":[{"key_as_string":"2023-11-14T10:00:00.000Z","key":1699956000000,"doc_count":1}]}',
  ],
  ['{"date_histogram":{"field":"unmapped","fixed_interval":"1h"}}', '{"buckets":[]}'],
  [
    '{"date_histogram":{"field":"t","calendar_interval":"1d","time_zone":"+02:00","offset":"6h"}}',
    '{"buckets":[{"key_as_string":"2023-11-14T06:00:00.000+02:00","key":1699934400000,"doc_count":2}]}',
  ],
  [
    '{"date_histogram":{"field":"t","calendar_interval":"1M"}}',
    '{"buckets":[{"key_as_string":"2023-11-01T00:00:00.000Z","key":1698796800000,"doc_count":2}]}',
  ],
  [
    '{"date_histogram":{"field":"t","calendar_interval":"week"}}',
    '{"buckets":[{"key_as_string":"2023-11-13T00:00:00.000Z","key":1699833600000,"doc_count":2}]}',
  ],
  [
    '{"date_histogram":{"field":"t","calendar_interval":"1q"}}',
    '{"buckets":[{"key_as_string":"2023-10-01T00:00:00.000Z","key":1696118400000,"doc_count":2}]}',
  ],
  [
    '{"date_histogram":{"field":"t","calendar_interval":"1y"}}',
    '{"buckets":[{"key_as_string":"2023-01-01T00:00:00.000Z","key":1672531200000,"doc_count":2}]}',
  ],
  ['{"avg":{"field":"n"}}', '{"value":2.6666666666666665}'],
  ['{"avg":{"field":"n","missing":10}}', '{"value":4.5}'],
  ['{"sum":{"field":"n"}}', '{"value":8.0}'],
  ['{"min":{"field":"n"}}', '{"value":1.0}'],
  ['{"max":{"field":"t"}}', '{"value":1.699964581446E12,"value_as_string":"2023-11-14T12:23:01.446Z"}'],
  ['{"avg":{"field":"unmapped"}}', '{"value":null}'],
  ['{"sum":{"field":"unmapped"}}', '{"value":0.0}'],
  ['{"value_count":{"field":"k"}}', '{"value":3}'],
  ['{"value_count":{"field":"t"}}', '{"value":2}'],
  ['{"stats":{"field":"n"}}', '{"count":3,"min":1.0,"max":5.0,"avg":2.6666666666666665,"sum":8.0}'],
  ['{"stats":{"field":"unmapped"}}', '{"count":0,"min":null,"max":null,"avg":null,"sum":0.0}'],
  [
    '{"extended_stats":{"field":"d"}}',
    '{"count":2,"min":1.5,"max":2.0,"avg":1.75,"sum":3.5,"sum_of_squares":6.25,"variance":0.0625,"variance_population":0.0625,"variance_sampling":0.125,"std_deviation":0.25,"std_deviation_population":0.25,"std_deviation_sampling":0.3535533905932738,"std_deviation_bounds":{"upper":2.25,"lower":1.25,"upper_population":2.25,"lower_population":1.25,"upper_sampling":2.4571067811865475,"lower_sampling":1.0428932188134525}}',
  ],
  ['{"cardinality":{"field":"k"}}', '{"value":2}'],
  ['{"cardinality":{"field":"d","missing":2}}', '{"value":2}'],
  ['{"missing":{"field":"k"}}', '{"doc_count":1}'],
  ['{"missing":{"field":"unmapped"}}', '{"doc_count":3}'],
  [
    '{"histogram":{"field":"n","interval":1}}',
    '{"buckets":[{"key":1.0,"doc_count":1},{"key":2.0,"doc_count":1},{"key":3.0,"doc_count":0},{"key":4.0,"doc_count":0},{"key":5.0,"doc_count":1}]}',
  ],
  [
    '{"histogram":{"field":"n","interval":2,"keyed":true}}',
    '{"buckets":{"0.0":{"key":0.0,"doc_count":1},"2.0":{"key":2.0,"doc_count":1},"4.0":{"key":4.0,"doc_count":1}}}',
  ],
  [
    '{"histogram":{"field":"d","interval":0.5,"offset":0.1,"min_doc_count":1}}',
    '{"buckets":[{"key":1.1,"doc_count":1},{"key":1.6,"doc_count":1}]}',
  ],
  ['{"range":{"field":"n","ranges":[{"to":3}]}}', '{"buckets":[{"key":"*-3.0","to":3.0,"doc_count":2}]}'],
  [
    '{"range":{"field":"n","keyed":true,"ranges":[{"to":3,"key":"lo"},{"from":2.5,"to":7},{"from":3}]}}',
    '{"buckets":{"lo":{"to":3.0,"doc_count":2},"2.5-7.0":{"from":2.5,"to":7.0,"doc_count":1},"3.0-*":{"from":3.0,"doc_count":1}}}',
  ],
  [
    '{"date_range":{"field":"t","ranges":[{"from":"2023-11-14"}]}}',
    '{"buckets":[{"key":"2023-11-14T00:00:00.000Z-*","from":1.69992E12,"from_as_string":"2023-11-14T00:00:00.000Z","doc_count":2}]}',
  ],
  [
    '{"filter":{"odd":{}},"aggs":{"k":{"terms":{"field":"k"}}}}',
    '{"doc_count":1,"k":{"doc_count_error_upper_bound":0,"sum_other_doc_count":0,"buckets":[{"key":"a","doc_count":1},{"key":"b","doc_count":1}]}}',
  ],
  ['{"filters":{"other_bucket":true,"filters":[{"odd":{}}]}}', '{"buckets":[{"doc_count":1},{"doc_count":2}]}'],
  [
    '{"filters":{"other_bucket_key":"rest","filters":{"x":{"odd":{}}}}}',
    '{"buckets":{"x":{"doc_count":1},"rest":{"doc_count":2}}}',
  ],
  [
    '{"date_histogram":{"field":"t","fixed_interval":"1h"},"aggs":{"k":{"terms":{"field":"k"}},"a":{"avg":{"field":"n"}},"f":{"filters":{"filters":{"q":{"odd":{}}}}}}}',
    '{"buckets":[{"key_as_string":"2023-11-14T10:00:00.000Z","key":1699956000000,"doc_count":1,"k":{"doc_count_error_upper_bound":0,"sum_other_doc_count":0,"buckets":[{"key":"a","doc_count":1}]},"a":{"value":1.0},"f":{"buckets":{"q":{"doc_count":0}}}},{"key_as_string":"2023-11-14T11:00:00.000Z","key":1699959600000,"doc_count":0,"k":{"doc_count_error_upper_bound":0,"sum_other_doc_count":0,"buckets":[]},"a":{"value":null},"f":{"buckets":{"q":{"doc_count":0}}}},{"key_as_string":"2023-11-14T12:00:00.000Z","key":1699963200000,"doc_count":1,"k":{"doc_count_error_upper_bound":0,"sum_other_doc_count":0,"buckets":[{"key":"a","doc_count":1},{"key":"b","doc_count":1}]},"a":{"value":3.5},"f":{"buckets":{"q":{"doc_count":1}}}}]}',
  ],
];

describe.each(ARRANGEMENTS)('aggregations over segments of %i documents', (perSegment) => {
  it.each(ANSWERS)('answer %s as Elasticsearch does', async (body, answer) => {
    const searcher = await sampleSearcher(TYPES, DOCUMENTS, perSegment);
    expect(run([searcher], `{"x":${body}}`)).toBe(`{"x":${answer}}`);
  });
});

describe('aggregations', () => {
  it.each([
    ['{"x":{"foo":{}}}', 'Unknown aggregation type [foo]'],
    ['{"x":{"term":{}}}', 'Unknown aggregation type [term] did you mean [terms]?'],
    ['{"x":{"percentiles":{}}}', 'the aggregation [percentiles] is not supported by the embedded engine'],
    [
      '{"x":{"terms":{"field":"k"},"min":{"field":"n"}}}',
      'Found two aggregation type definitions in [x]: [terms] and [min]',
    ],
    ['{"x":{"terms":{"field":"k","zz":1}}}', '[1:1] [terms] unknown field [zz]'],
    ['{"x":{}}', 'Missing definition for aggregation [x]'],
    ['{"x":{"terms":{}}}', 'Required one of fields [field, script], but none were specified.'],
    ['{"x":1}', 'Aggregation definition for [x starts with a [VALUE_NUMBER], expected a [START_OBJECT].'],
    ['{"x":{"terms":1}}', 'Expected [START_OBJECT] under [terms], but got a [VALUE_NUMBER] in [x]'],
    ['{"x":{"terms":{"field":"k","size":0}}}', '[1:1] [terms] failed to parse field [size]'],
    ['{"x":{"terms":{"field":"k","order":{"_key":"foo"}}}}', '[1:1] [terms] failed to parse field [order]'],
    [
      '{"a b[":{"avg":{"field":"n"}}}',
      "Invalid aggregation name [a b[]. Aggregation names can contain any character except '[', ']', and '>'",
    ],
    [
      '{"a":{"avg":{"field":"n"},"aggs":{"b":{"avg":{"field":"n"}}}}}',
      'Aggregator [a] of type [avg] cannot accept sub-aggregations',
    ],
    ['{"a":{"filters":{"filters":{}}}}', '[filters] cannot be empty.'],
    ['{"x":{"date_histogram":{"field":"t","interval":"1h"}}}', '[1:1] [date_histogram] unknown field [interval]'],
  ])('refuse %s before any index is asked', (body, reason) => {
    expect(() => parseAggregations(JSON.parse(body))).toThrow(reason);
  });

  it.each([
    ['{"x":{"terms":{"field":"m"}}}', /^Fielddata is disabled on \[m\] in \[sample\]\. Text fields are not optimised/],
    ['{"x":{"avg":{"field":"k"}}}', /^Field \[k\] of type \[keyword\] is not supported for aggregation \[avg\]$/],
    [
      '{"x":{"terms":{"field":"n","include":"a.*"}}}',
      /^Aggregation \[x\] cannot support regular expression style include\/exclude settings/,
    ],
    ['{"x":{"date_histogram":{"field":"t"}}}', /^Invalid interval specified, must be non-null and non-empty$/],
    ['{"x":{"date_histogram":{"field":"t","fixed_interval":"10ms"}}}', /^Trying to create too many buckets\./],
    [
      '{"x":{"terms":{"field":"k","order":{"foo":"asc"}}}}',
      /^Invalid aggregation order path \[foo\]\. Cannot find aggregation named \[foo\]$/,
    ],
    [
      '{"x":{"terms":{"field":"k","order":{"s":"asc"}},"aggs":{"s":{"stats":{"field":"n"}}}}}',
      /Missing value key in \[null\]/,
    ],
    [
      '{"x":{"terms":{"field":"k","order":{"a":"asc"}},"aggs":{"a":{"terms":{"field":"k"}}}}}',
      /Can't sort a \[sterms\] aggregation/,
    ],
  ])('wrap what fails on the index for %s', async (body, reason) => {
    const searcher = await sampleSearcher(TYPES, DOCUMENTS);
    const error = caught(() => run([searcher], body));
    expect(error.type).toBe('search_phase_execution_exception');
    expect((error.cause as ElasticError).message).toMatch(reason);
  });

  it('put types before names when asked, nested ones too', async () => {
    const searcher = await sampleSearcher(TYPES, DOCUMENTS);
    const body =
      '{"x":{"terms":{"field":"k","size":1},"aggs":{"c":{"cardinality":{"field":"n"}},"h":{"missing":{"field":"d"}}}}}';
    expect(run([searcher], body, true)).toBe(
      '{"sterms#x":{"doc_count_error_upper_bound":0,"sum_other_doc_count":1,"buckets":[{"key":"a","doc_count":2,"cardinality#c":{"value":3},"missing#h":{"doc_count":0}}]}}',
    );
  });

  it('number buckets over indices that have different terms', async () => {
    const searchers = [
      await sampleSearcher(TYPES, [{ k: 'b' }, { k: 'c' }], 1, 'first'),
      await sampleSearcher(TYPES, [{ k: 'a' }, { k: 'c' }], 2, 'second'),
      await sampleSearcher({}, [], 1, 'empty'),
    ];
    expect(run(searchers, '{"x":{"terms":{"field":"k"}},"c":{"cardinality":{"field":"k"}}}')).toBe(
      '{"x":{"doc_count_error_upper_bound":0,"sum_other_doc_count":0,"buckets":[{"key":"c","doc_count":2},{"key":"a","doc_count":1},{"key":"b","doc_count":1}]},"c":{"value":3}}',
    );
  });

  it('take all documents for a global one, whatever matched', async () => {
    const searcher = await sampleSearcher(TYPES, DOCUMENTS);
    const nothing = searcher.segments.map((view) => ({ view, documents: new Bitset(view.segment.documentCount) }));
    const definitions = parseAggregations({ g: { global: {}, aggs: { c: { cardinality: { field: 'k' } } } } });
    expect(runAggregations(definitions, { searchers: [searcher], typedKeys: false, parseQuery: odd }, nothing)).toEqual(
      {
        g: { doc_count: 3, c: { value: 2 } },
      },
    );
  });

  it('survive an aggregation named __proto__', async () => {
    const searcher = await sampleSearcher(TYPES, DOCUMENTS);
    expect(run([searcher], '{"__proto__":{"sum":{"field":"n"}}}')).toBe('{"__proto__":{"value":8.0}}');
  });
});

function run(searchers: readonly Searcher[], body: string, typedKeys = false): string {
  const matched = searchers.flatMap(({ segments }) =>
    segments.map((view) => ({ view, documents: Bitset.full(view.segment.documentCount) })),
  );
  const definitions = parseAggregations(JSON.parse(body));
  return stringify(runAggregations(definitions, { searchers, typedKeys, parseQuery: odd }, matched)).toString();
}

/** Stands in for the query parser: the documents whose identifier is odd. */
function odd(): Query {
  return {
    matches({ segment }) {
      const documents = new Bitset(segment.documentCount);
      for (let i = 0; i < segment.documentCount; i++) if (Number(segment.identifier(i)) % 2 === 1) documents.add(i);
      return { documents, scores: 0 };
    },
  };
}

function caught(fail: () => unknown): ElasticError {
  try {
    fail();
  } catch (error) {
    if (error instanceof ElasticError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
