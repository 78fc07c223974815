import { expect, test } from 'vitest';
import { ANALYZERS } from './analyzer.ts';

const TEXT = "GET /a-B?c=1 \u00a0it's_ok\u2003Straße 42";

// As Elasticsearch 8.19's `_analyze` answers.
test.each([
  ['simple', 'get a b c it s ok straße'],
  ['whitespace', "GET /a-B?c=1 \u00a0it's_ok Straße 42"],
  ['keyword', TEXT],
])('The %s analyzer gives the terms it should', (name, terms) => {
  const tokens = ANALYZERS[name]!(TEXT);
  expect(tokens.map(({ term }) => term).join(' ')).toBe(terms);
  expect(tokens.map(({ position }) => position)).toEqual(tokens.map((_, place) => place));
});
