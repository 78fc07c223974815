import { assert, constantFrom, integer, jsonValue, oneof, property } from 'fast-check';
import { expect, it } from 'vitest';
import { sampleSearcher } from '../aggregation/sample-searcher.testing.ts';
import { ElasticError } from '../errors.ts';
import { stringify } from '../wire/json.ts';
import { search } from './search.ts';

const BODIES = [
  {
    size: 1,
    from: 1,
    sort: [{ n: { order: 'asc', missing: 1, mode: 'max' } }, '_doc'],
    search_after: [1, 2],
    _source: ['a'],
  },
  {
    sort: 'k',
    track_total_hits: 3,
    min_score: 1,
    fields: ['n'],
    docvalue_fields: [{ field: 't', format: 'x' }],
    version: true,
  },
  {
    aggs: {
      x: {
        terms: { field: 'k', size: 3, order: { a: 'asc' }, include: 'a.*', missing: 'z' },
        aggs: { a: { avg: { field: 'n' } } },
        meta: {},
      },
    },
  },
  { aggs: { x: { terms: { field: 'n', order: [{ _key: 'asc' }], exclude: [1], min_doc_count: 0, missing: 4 } } } },
  {
    aggs: {
      x: {
        date_histogram: {
          field: 't',
          calendar_interval: 'day',
          time_zone: 'Europe/Prague',
          offset: '1h',
          extended_bounds: { min: 0, max: 9 },
        },
      },
    },
  },
  {
    aggs: {
      x: {
        date_histogram: { field: 't', fixed_interval: '1d', hard_bounds: { min: 0, max: 9 }, keyed: true, missing: 3 },
      },
    },
  },
  { aggs: { x: { histogram: { field: 'n', interval: 2, offset: 1, extended_bounds: { min: 0, max: 9 } } } } },
  {
    aggs: {
      x: {
        range: { field: 'n', ranges: [{ from: 1, to: 2, key: 'k' }] },
        aggs: { s: { extended_stats: { field: 'n', sigma: 2 } } },
      },
    },
  },
  {
    aggs: {
      x: {
        filters: { filters: { a: { match_all: {} } }, other_bucket_key: 'o' },
        aggs: { c: { cardinality: { field: 'k' } } },
      },
    },
  },
  {
    query: {
      bool: {
        must: [
          { match: { k: { query: 'a b', operator: 'and', minimum_should_match: 1, boost: 2 } } },
          { term: { n: 1 } },
        ],
        filter: [{ terms: { k: ['a'] } }, { range: { t: { gte: 'now-1d', format: 'yyyy', time_zone: '+01:00' } } }],
        should: [{ wildcard: { k: '*' } }, { prefix: { k: { value: 'a' } } }, { ids: { values: ['1'] } }],
        must_not: [
          { query_string: { query: 'a', fields: ['k^2'], default_operator: 'or' } },
          { exists: { field: 'k' } },
        ],
        minimum_should_match: '50%',
      },
    },
  },
] as const;

/** What fails where an object is taken for text or for a number without a look at it. */
const NAMED_BADLY = constantFrom<unknown>(
  { toString: 0 },
  { valueOf: null, toString: 'x' },
  [{ toString: 1 }],
  JSON.parse('{"__proto__": 1}'),
);

it('a body with anything in any place earns an answer or an ElasticError, and soon', async () => {
  const rows = [{ k: 'a', n: 1, t: '2023-11-14T10:23:01.446Z' }, { k: ['b', 'c'], n: [2, 3] }, {}];
  const searcher = await sampleSearcher({ k: 'keyword', n: 'long', t: 'date' }, rows, 2);
  assert(
    property(constantFrom(...BODIES), integer({ min: 0 }), oneof(jsonValue(), NAMED_BADLY), (body, place, value) => {
      const changed = replaceAt(body, place, value);
      try {
        stringify(search([searcher], changed));
      } catch (error) {
        expect(error).toBeInstanceOf(ElasticError);
      }
    }),
    { numRuns: 1500 },
  );
});

/** The body with another value at one of its places, counted around. */
function replaceAt(body: unknown, place: number, value: unknown): unknown {
  const places: string[][] = [];
  const walk = (node: unknown, path: string[]): void => {
    places.push(path);
    if (typeof node !== 'object' || node === null) return;
    for (const [name, member] of Object.entries(node)) walk(member, [...path, name]);
  };
  walk(body, []);
  const path = places[place % places.length]!;
  const put = (node: unknown, [name, ...rest]: string[]): unknown => {
    if (name === undefined) return value;
    const copy: Record<string, unknown> = Array.isArray(node) ? ([...node] as never) : { ...(node as object) };
    copy[name] = put(copy[name], rest);
    return copy;
  };
  return put(body, path);
}
