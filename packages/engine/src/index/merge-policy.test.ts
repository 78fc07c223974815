import { expect, test } from 'vitest';
import { MAXIMUM_DOCUMENTS, chooseMerge } from './merge-policy.ts';

const sizes = (...counts: readonly number[]): { documents: number; liveCount: number }[] =>
  counts.map((liveCount) => ({ documents: liveCount, liveCount }));

test.each([
  ['nothing of few', sizes(10, 20, 30), undefined],
  ['eight small ones', sizes(1, 900_000, 2, 3, 4, 5, 6, 7, 8), [1, 2, 3, 4, 5, 6, 7, 8]],
  [
    'eight of a tier, the oldest first',
    sizes(...Array.from({ length: 10 }, (_, i) => 250_000 - i)),
    Array.from({ length: 8 }, (_, i) => 250_000 - i),
  ],
  ['no more than fit', sizes(...Array.from({ length: 8 }, () => 600_000)), [600_000, 600_000, 600_000]],
  ['none that would grow too large', sizes(...Array.from({ length: 8 }, () => 1_900_000)), undefined],
])('A merge takes %s', (_, segments, chosen) => {
  expect(chooseMerge(segments)?.map(({ liveCount }) => liveCount)).toEqual(chosen);
});

test('A segment of which a third is deleted is rewritten alone, and an empty one goes at once', () => {
  const stale = { documents: 100, liveCount: 60 };
  expect(chooseMerge([...sizes(5), stale])).toEqual([stale]);
  const empty = { documents: 100, liveCount: 0 };
  expect(chooseMerge([stale, empty])).toEqual([empty]);
  expect(MAXIMUM_DOCUMENTS).toBeLessThan(2 ** 21);
});
