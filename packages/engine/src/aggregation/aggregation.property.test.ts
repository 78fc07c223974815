import {
  array,
  assert,
  asyncProperty,
  constantFrom,
  date,
  double,
  integer,
  option,
  record,
  uniqueArray,
} from 'fast-check';
import { expect, it } from 'vitest';
import type { Query } from '../query/query.ts';
import { stringify } from '../wire/json.ts';
import { Bitset } from '../segment/bitset.ts';
import { parseAggregations } from './parse.ts';
import { runAggregations } from './run.ts';
import { sampleSearcher } from './sample-searcher.testing.ts';

interface Row {
  readonly id: string;
  readonly k: readonly string[];
  readonly n: readonly number[];
  readonly d: number | null;
  readonly t: number | null;
}

const TYPES = { id: 'keyword', k: 'keyword', n: 'long', d: 'double', t: 'date' };

const rows = array(
  record({
    id: integer({ min: 0, max: 40 }).map(String),
    k: uniqueArray(constantFrom('a', 'b', 'é', '😀', 'z'), { maxLength: 3 }),
    // Far apart now and then, so that keys are sometimes the values and sometimes numbered.
    n: array(constantFrom(-3, 0, 7, 200, 404, 9_000_000_000), { maxLength: 3 }),
    d: option(double({ noNaN: true, min: -1000, max: 1000 }), { nil: null }),
    t: option(
      date({ noInvalidDate: true, min: new Date('2023-03-01'), max: new Date('2023-11-30') }).map((time) =>
        time.getTime(),
      ),
      { nil: null },
    ),
  }),
  { minLength: 1, maxLength: 60 },
);

it('aggregations agree with a naive evaluator, however documents lie in segments', async () => {
  await assert(
    asyncProperty(rows, integer({ min: 1, max: 60 }), async (documents, perSegment) => {
      const searcher = await sampleSearcher(TYPES, documents as unknown as Record<string, unknown>[], perSegment);
      const matched = searcher.segments.map((view) => ({ view, documents: Bitset.full(view.segment.documentCount) }));
      const context = { searchers: [searcher], typedKeys: false, parseQuery: (): Query => never() };
      const result = runAggregations(parseAggregations(BODY), context, matched);
      expect(JSON.parse(stringify(result).toString())).toEqual(naive(documents));
    }),
    { numRuns: 200 },
  );
});

const BODY = {
  keys: {
    terms: { field: 'k', size: 3 },
    aggs: {
      days: {
        date_histogram: { field: 't', calendar_interval: 'month', time_zone: 'Europe/Prague', min_doc_count: 1 },
        aggs: { ids: { cardinality: { field: 'id' } }, numbers: { cardinality: { field: 'n' } } },
      },
      values: { value_count: { field: 'n' } },
      least: { min: { field: 'd' } },
    },
  },
  numbers: { terms: { field: 'n', size: 10, order: { _key: 'asc' } }, aggs: { keys: { cardinality: { field: 'k' } } } },
  without: { missing: { field: 'd' }, aggs: { most: { max: { field: 'n' } } } },
  steps: { histogram: { field: 'd', interval: 250, min_doc_count: 1 } },
};

function naive(documents: readonly Row[]): unknown {
  const keys = groupBy(documents, ({ k }) => k).toSorted(
    ([left, first], [right, second]) =>
      second.length - first.length || Buffer.compare(Buffer.from(left), Buffer.from(right)),
  );
  const chosen = keys.slice(0, 3);
  const without = documents.filter(({ d }) => d === null);
  return {
    keys: {
      doc_count_error_upper_bound: 0,
      sum_other_doc_count: keys.slice(3).reduce((total, [, group]) => total + group.length, 0),
      buckets: chosen.map(([key, group]) => ({ key, doc_count: group.length, ...naiveKey(group) })),
    },
    numbers: {
      doc_count_error_upper_bound: 0,
      sum_other_doc_count: 0,
      buckets: groupBy(documents, ({ n }) => n)
        .toSorted(([left], [right]) => left - right)
        .map(([key, group]) => ({
          key,
          doc_count: group.length,
          keys: { value: distinct(group.flatMap(({ k }) => k)) },
        })),
    },
    without: {
      doc_count: without.length,
      most: {
        value: extreme(
          Math.max,
          without.flatMap(({ n }) => n),
        ),
      },
    },
    steps: {
      buckets: groupBy(documents, ({ d }) => (d === null ? [] : [Math.floor(d / 250) * 250 + 0]))
        .toSorted(([left], [right]) => left - right)
        .map(([key, group]) => ({ key, doc_count: group.length })),
    },
  };
}

function naiveKey(group: readonly Row[]): Record<string, unknown> {
  return {
    days: {
      buckets: groupBy(group, ({ t }) => (t === null ? [] : [pragueMonth(t)]))
        .toSorted(([left], [right]) => left - right)
        .map(([key, days]) => ({
          key_as_string: pragueText(key),
          key,
          doc_count: days.length,
          ids: { value: distinct(days.map(({ id }) => id)) },
          numbers: { value: distinct(days.flatMap(({ n }) => n)) },
        })),
    },
    values: { value: group.reduce((total, { n }) => total + n.length, 0) },
    least: {
      value: extreme(
        Math.min,
        group.flatMap(({ d }) => d ?? []),
      ),
    },
  };
}

/** Prague had summer time, UTC + 2, from 26 March to 29 October 2023, both at 01:00 UTC. */
function pragueOffset(time: number): number {
  return time >= Date.UTC(2023, 2, 26, 1) && time < Date.UTC(2023, 9, 29, 1) ? 7_200_000 : 3_600_000;
}

function pragueMonth(time: number): number {
  const local = new Date(time + pragueOffset(time));
  const start = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), 1);
  return start - pragueOffset(start - 7_200_000);
}

function pragueText(time: number): string {
  const offset = pragueOffset(time);
  return new Date(time + offset).toISOString().replace('Z', offset === 3_600_000 ? '+01:00' : '+02:00');
}

function groupBy<K>(documents: readonly Row[], keysOf: (row: Row) => readonly K[]): [K, Row[]][] {
  const groups = new Map<K, Row[]>();
  for (const row of documents) {
    for (const key of new Set(keysOf(row))) groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups];
}

function distinct(values: readonly unknown[]): number {
  return new Set(values).size;
}

function extreme(choose: (...values: number[]) => number, values: readonly number[]): number | null {
  return values.length === 0 ? null : choose(...values);
}

function never(): never {
  throw new Error('no query is parsed here');
}
