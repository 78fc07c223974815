import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import { createMapping } from '../mapping/mapping.ts';
import { parseQuery } from './parse.ts';
import { hitsOf, searcherOver } from './searcher.testing.ts';

const mapping = createMapping({
  properties: { word: { type: 'keyword' }, number: { type: 'long' }, text: { type: 'text' } },
});

interface Document {
  readonly word?: readonly string[];
  readonly number?: readonly number[];
  readonly text?: string;
}

/** A query, and what it should find, decided by looking at one document. */
interface Case {
  readonly query: unknown;
  readonly holds: (document: Document) => boolean;
}

const WORDS = ['a', 'ab', 'b', 'B', 'ca'];
const word = fc.constantFrom(...WORDS);
const small = fc.integer({ min: -3, max: 12 });

const documents: fc.Arbitrary<Document[]> = fc.array(
  fc.record(
    {
      word: fc.array(word, { maxLength: 3 }),
      number: fc.array(small, { maxLength: 3 }),
      text: fc.array(word, { maxLength: 6 }).map((words) => words.join(' ')),
    },
    { requiredKeys: [] },
  ),
  { maxLength: 70 },
);

const words = (document: Document): readonly string[] => document.word ?? [];
const numbers = (document: Document): readonly number[] => document.number ?? [];
const terms = (document: Document): readonly string[] => (document.text ?? '').toLowerCase().split(' ').filter(Boolean);

const leaf: fc.Arbitrary<Case> = fc.oneof(
  word.map((value) => ({ query: { term: { word: value } }, holds: (one: Document) => words(one).includes(value) })),
  word.map((value) => ({
    query: { term: { word: { value, case_insensitive: true } } },
    holds: (one: Document) => words(one).some((other) => other.toLowerCase() === value.toLowerCase()),
  })),
  fc.array(word, { maxLength: 3 }).map((values) => ({
    query: { terms: { word: values } },
    holds: (one: Document) => words(one).some((other) => values.includes(other)),
  })),
  word.map((value) => ({
    query: { prefix: { word: value } },
    holds: (one: Document) => words(one).some((other) => other.startsWith(value)),
  })),
  word.map((value) => ({
    query: { wildcard: { word: `?${value}*` } },
    holds: (one: Document) => words(one).some((other) => other.slice(1).startsWith(value)),
  })),
  fc.tuple(small, small, fc.boolean(), fc.boolean()).map(([low, high, isOpenLow, isOpenHigh]) => ({
    query: { range: { number: { [isOpenLow ? 'gt' : 'gte']: low, [isOpenHigh ? 'lt' : 'lte']: high } } },
    holds: (one: Document) =>
      numbers(one).some((n) => (isOpenLow ? n > low : n >= low) && (isOpenHigh ? n < high : n <= high)),
  })),
  small.map((value) => ({
    query: { term: { number: value } },
    holds: (one: Document) => numbers(one).includes(value),
  })),
  fc.constantFrom('word', 'number').map((field) => ({
    query: { exists: { field } },
    holds: (one: Document) => (field === 'word' ? words(one) : numbers(one)).length > 0,
  })),
  fc.tuple(word, word, fc.constantFrom('or', 'and')).map(([first, second, operator]) => ({
    query: { match: { text: { query: `${first} ${second}`, operator } } },
    holds: (one: Document) => {
      const has = (value: string): boolean => terms(one).includes(value.toLowerCase());
      return operator === 'or' ? has(first) || has(second) : has(first) && has(second);
    },
  })),
  fc.tuple(word, word).map(([first, second]) => ({
    query: { match_phrase: { text: `${first} ${second}` } },
    holds: (one: Document) => ` ${terms(one).join(' ')} `.includes(` ${first} ${second} `.toLowerCase()),
  })),
  word.map((value) => ({
    query: { query_string: { query: `word:${value} AND NOT number:[0 TO 5]` } },
    holds: (one: Document) => words(one).includes(value) && !numbers(one).some((n) => n >= 0 && n <= 5),
  })),
);

const cases: fc.Arbitrary<Case> = fc.letrec<{ readonly node: Case }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc
      .record({
        must: fc.array(tie('node'), { maxLength: 2 }),
        filter: fc.array(tie('node'), { maxLength: 2 }),
        should: fc.array(tie('node'), { maxLength: 3 }),
        mustNot: fc.array(tie('node'), { maxLength: 2 }),
        minimum: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
      })
      .map(combine),
  ),
})).node;

interface Parts {
  readonly must: readonly Case[];
  readonly filter: readonly Case[];
  readonly should: readonly Case[];
  readonly mustNot: readonly Case[];
  readonly minimum: number | undefined;
}

function combine({ must, filter, should, mustNot, minimum }: Parts): Case {
  const queries = (all: readonly Case[]): unknown[] => all.map(({ query }) => query);
  const least = must.length + filter.length === 0 && should.length > 0 ? 1 : 0;
  const needed = Math.max(least, minimum ?? 0);
  const isEmpty = must.length + filter.length + should.length + mustNot.length === 0;
  return {
    query: {
      bool: {
        must: queries(must),
        filter: queries(filter),
        should: queries(should),
        must_not: queries(mustNot),
        ...(minimum !== undefined && { minimum_should_match: minimum }),
      },
    },
    // Elasticsearch makes an empty bool match everything, whatever its minimum says.
    holds: (document) =>
      isEmpty ||
      ([...must, ...filter].every(({ holds }) => holds(document)) &&
        !mustNot.some(({ holds }) => holds(document)) &&
        should.filter(({ holds }) => holds(document)).length >= needed),
  };
}

test('Any combination of queries finds what looking at each document finds', async () => {
  await fc.assert(
    fc.asyncProperty(documents, cases, fc.integer({ min: 1, max: 3 }), async (all, { query, holds }, segments) => {
      const searcher = await searcherOver(all, { mapping, segments });
      const expected = all.flatMap((document, number) => (holds(document) ? [`d${number}`] : []));
      expect(Object.keys(hitsOf(parseQuery(query, searcher), searcher)).toSorted()).toEqual(expected.toSorted());
    }),
    { numRuns: 300 },
  );
});
