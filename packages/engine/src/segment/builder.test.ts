import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildSegment } from './builder.ts';
import { lengthToNorm, normToLength } from './norm.ts';
import { documents, expectSegment } from './segment.contract.ts';

test('A built segment answers as the list of its documents does', async () => {
  expect.hasAssertions();
  await fc.assert(
    fc.asyncProperty(documents, async (drawn) => {
      expectSegment(await buildSegment(drawn), drawn);
    }),
  );
});

const document = (
  place: number,
  values: readonly number[],
): Parameters<typeof buildSegment>[0] extends Iterable<infer D> ? D : never => ({
  id: String(place),
  document: { fields: [{ storage: 'numbers', name: 'n', values }] },
  source: Buffer.from('{}'),
  sequenceNumber: place,
  version: 1,
});

test.each([
  ['one byte', [5, 260], Uint8Array, 1],
  ['two bytes', [-1, 65_534], Uint16Array, 1],
  ['four bytes', [1_700_000_000_000, 1_700_000_000_000 + 0xffff_ffff], Uint32Array, 1],
  ['thousandths', [0.001, 12.345, 7], Uint16Array, 1000],
  ['tenths below zero', [-0.5, 0.5], Uint8Array, 1],
  ['a range beyond four bytes', [0, 2 ** 32], Float64Array, 1],
  ['minus zero', [-0, 1], Float64Array, 1],
  ['more decimals than three', [0.12345, 1], Float64Array, 1],
  ['longs beyond 2^53', [2 ** 63, 2 ** 63 + 4096], Uint16Array, 1],
] as const)('Numbers of %s are kept as narrow as gives them back to the bit', async (_, values, type, scale) => {
  const segment = await buildSegment(values.map((value, place) => document(place, [value])));
  const column = segment.numbers('n')!;
  expect(column.packed).toBeInstanceOf(type);
  expect(column.scale).toBe(scale);
  for (const [place, value] of values.entries()) expect(column.base + column.packed[place]! / column.scale).toBe(value);
});

test('Strings that differ in lone surrogates alone are one term, for their bytes are the same', async () => {
  const fields = [{ storage: 'terms', name: 'k', binary: false, values: ['\ud800', '\udfff', '\uffff'] } as const];
  const segment = await buildSegment([{ ...document(0, []), document: { fields } }]);
  const { dictionary, ordinals } = segment.terms('k')!;
  expect(dictionary.size).toBe(2);
  expect(Array.from(ordinals)).toEqual([1, 2]);
});

test('A norm is exact to 39 and never larger than the length beyond', () => {
  for (let length = 0; length < 40; length++) expect(normToLength(lengthToNorm(length))).toBe(length);
  expect([40, 41, 42, 100, 1000, 1_000_000].map((length) => normToLength(lengthToNorm(length)))).toEqual([
    40, 40, 42, 96, 984, 983_064,
  ]);
});
