import { expect, it } from 'vitest';
import { matchesWildcard } from './wildcard.ts';

it.each([
  ['*', '', true],
  ['*', 'anything', true],
  ['logs-*', 'logs-', true],
  ['logs-*', 'log', false],
  ['*-2023', 'logs-2023', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'acb', false],
  ['a.c', 'abc', false],
  ['', '', true],
  ['', 'a', false],
])('%s against %s is %s', (pattern, text, expected) => {
  expect(matchesWildcard(pattern, text)).toBe(expected);
});

it('takes no exponential time', () => {
  expect(matchesWildcard(`${'a*'.repeat(2_000)}b`, 'a'.repeat(4_000))).toBe(false);
});
