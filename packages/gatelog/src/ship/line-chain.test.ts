import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { BEGINNING, documentId, nextDigest } from './line-chain.ts';

const idsOf = (lines: readonly string[], digest: Buffer = BEGINNING.digest): string[] =>
  lines.map((line) => documentId((digest = nextDigest(digest, Buffer.from(line)))));

test('the ids of a file depend on nothing but its lines, and going on later gives the same ones', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.array(fc.string()), (before, after) => {
      const whole = idsOf([...before, ...after]);
      let digest = BEGINNING.digest;
      for (const line of before) digest = nextDigest(digest, Buffer.from(line));
      expect(whole).toEqual([...idsOf(before), ...idsOf(after, digest)]);
    }),
  );
});

test('equal lines in one file have different ids', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 2, max: 50 }), (line, times) => {
      const ids = idsOf(Array.from({ length: times }, () => line));
      expect(new Set(ids).size).toBe(times);
    }),
  );
});

test('files share ids up to their first difference and none after it', () => {
  const one = idsOf(['same', 'same', 'a', 'later']);
  const other = idsOf(['same', 'same', 'b', 'later']);
  expect(one.map((id) => other.includes(id))).toEqual([true, true, false, false]);
});

test('an id is 20 characters that need no escaping', () => {
  expect(idsOf(['2023-11-14 10:23:01,446'])).toEqual([expect.stringMatching(/^[\w-]{20}$/)]);
});
