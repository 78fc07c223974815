import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ElasticError } from '../errors.ts';
import { createMapping } from '../mapping/mapping.ts';
import { hitsOf, searcherOver } from './searcher.testing.ts';
import { parseQuery } from './parse.ts';

/** What Elasticsearch 8.19 answered over these documents in one shard: scores by `_id`, or the type and reason of the root cause. */
interface RecordedAnswers {
  readonly mappings: unknown;
  readonly documents: readonly unknown[];
  readonly answers: readonly {
    readonly query: unknown;
    readonly hits?: Readonly<Record<string, number>>;
    readonly error?: readonly [type: string, reason: string];
  }[];
}

const recorded = JSON.parse(readFileSync(new URL('answers.json', import.meta.url), 'utf8')) as RecordedAnswers;
const searcher = await searcherOver(recorded.documents, {
  mapping: createMapping(recorded.mappings),
  index: 'gate-logs',
  segments: 2,
});

test.each(recorded.answers.map(({ query, ...answer }) => [JSON.stringify(query), answer] as const))(
  '%s is answered as the real engine answers',
  (query, { hits, error }) => {
    if (hits) expect(hitsOf(parseQuery(JSON.parse(query), searcher), searcher)).toEqual(floats(hits));
    else expect(refusal(JSON.parse(query))).toEqual(error);
  },
);

test('The first query ever asked finds 396 lines and scores 1.4005797', async () => {
  const kinds: readonly (readonly [count: number, message: string])[] = [
    [156, 'Unauthorized - POST request - at the index page'],
    [142, 'Unauthorized - PUT request - at the index page'],
    [98, 'Unauthorized - PUT request - on the operation page'],
    [818, 'Authorized - GET request - on the index page'],
    [332, 'Authorized - GET request - on operation page'],
    [98, 'Authorized - POST request - on operation page'],
  ];
  const documents = kinds.flatMap(([count, message]) => Array.from({ length: count }, () => ({ message })));
  const seed = await searcherOver(documents, { segments: 3 });
  const scores = Object.values(hitsOf(parseQuery({ match: { message: 'Unauthorized' } }, seed), seed));
  expect(scores).toHaveLength(396);
  expect(Math.max(...scores)).toBe(Math.fround(1.400_579_7));
});

test.each([
  [{ fuzzy: { message: 'x' } }, 'the query [fuzzy] is not supported by the embedded engine'],
  [
    { match: { message: { query: 'x', fuzziness: 'AUTO' } } },
    '[fuzziness] of the query [match] is not supported by the embedded engine',
  ],
  [
    { match_phrase: { message: { query: 'a b a', slop: 1 } } },
    'a phrase with slop in which a word is repeated is not supported by the embedded engine',
  ],
])('%j, which Elasticsearch could answer, is refused by name', (query, reason) => {
  expect(refusal(query)).toEqual(['illegal_argument_exception', reason]);
});

test('A query nested without end is refused', () => {
  let query: unknown = { match_all: {} };
  for (let depth = 0; depth < 5000; depth++) query = { bool: { must: query } };
  expect(refusal(query)[1]).toContain('The nested depth of the query exceeds the maximum nested depth');
  expect(refusal({ query_string: { query: '('.repeat(100_000) } })[0]).toBe('query_shard_exception');
});

test('A pattern made to be slow is not', () => {
  const started = performance.now();
  const text = `${'a'.repeat(2000)}b`;
  const pattern = `${'*a'.repeat(500)}c`;
  const query = { query_string: { query: `level:${pattern} OR "${text}"` } };
  expect(hitsOf(parseQuery(query, searcher), searcher)).toEqual({});
  expect(performance.now() - started).toBeLessThan(2000);
});

function refusal(query: unknown): readonly [type: string, reason: string] {
  try {
    parseQuery(query, searcher);
  } catch (error) {
    if (error instanceof ElasticError) return [error.type, error.message.replaceAll(/\[\d+:\d+\] /g, '')];
    throw error;
  }
  throw new Error('the query was not refused');
}

function floats(hits: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(hits).map(([id, score]) => [id, Math.fround(score)]));
}
