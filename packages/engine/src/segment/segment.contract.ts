import { expect } from 'vitest';
import * as fc from 'fast-check';
import type { ParsedField } from './parsed-document.ts';
import type { IndexedDocument } from './builder.ts';
import { lengthToNorm } from './norm.ts';
import type { Segment } from './segment.ts';

/** Documents as the tests draw them: few names and few values, so that fields are shared, sparse, repeated and multi-valued. */
export const documents: fc.Arbitrary<IndexedDocument[]> = fc
  .array(
    fc.record({
      fields: fc.record(
        {
          keyword: fc.array(fc.oneof(fc.constantFrom('a', 'b', '', 'ab', '\u{1f600}', '\uffee'), fc.string()), {
            maxLength: 3,
          }),
          address: fc.array(fc.constantFrom('\u0000\u00ff', '\u0001', '\u00fe\u0000'), { maxLength: 2 }),
          whole: fc.array(fc.integer({ min: -5, max: 70_000 }), { maxLength: 3 }),
          one: fc.array(fc.constantFrom(1_700_000_000_123, 1_700_000_000_999), { minLength: 1, maxLength: 1 }),
          decimal: fc.array(
            fc.integer({ min: 0, max: 99_999 }).map((n) => n / 1000),
            { minLength: 1, maxLength: 1 },
          ),
          real: fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 2 }),
          text: fc.array(fc.tuple(fc.constantFrom('get', 'post', 'é', 'x'), fc.integer({ min: 1, max: 300 })), {
            maxLength: 60,
          }),
        },
        { requiredKeys: [] },
      ),
      routing: fc.option(fc.constantFrom('r1', 'r2'), { nil: undefined, freq: 3 }),
      version: fc.constantFrom(1, 1, 2, 300),
      size: fc.integer({ min: 0, max: 50 }),
    }),
    { maxLength: 40 },
  )
  .map((drawn) =>
    drawn.map((one, place) => ({
      id: `id-${place}`,
      document: { fields: parsedFields(one.fields) },
      source: Buffer.from(`{"place":${place},"fill":"${'x'.repeat(one.size)}"}`),
      sequenceNumber: place,
      version: one.version,
      routing: one.routing,
    })),
  );

interface Drawn {
  readonly keyword?: readonly string[];
  readonly address?: readonly string[];
  readonly whole?: readonly number[];
  readonly one?: readonly number[];
  readonly decimal?: readonly number[];
  readonly real?: readonly number[];
  readonly text?: readonly (readonly [string, number])[];
}

function parsedFields(drawn: Drawn): ParsedField[] {
  const fields: ParsedField[] = [];
  for (const name of ['keyword', 'address'] as const) {
    const values = drawn[name];
    if (values !== undefined) fields.push({ storage: 'terms', name, binary: name === 'address', values });
  }
  for (const name of ['whole', 'one', 'decimal', 'real'] as const) {
    const values = drawn[name];
    if (values !== undefined) fields.push({ storage: 'numbers', name, values });
  }
  if (drawn.text !== undefined) {
    let position = 0;
    const positions = drawn.text.map(([, gap]) => (position += gap));
    fields.push({ storage: 'postings', name: 'text', terms: drawn.text.map(([term]) => term), positions });
  }
  return fields;
}

/** Asks a segment everything, and compares with what a list of documents says. */
export function expectSegment(segment: Segment, expected: readonly IndexedDocument[]): void {
  expect(segment.documentCount).toBe(expected.length);
  for (const [number, document] of expected.entries()) {
    expect(segment.identifier(number)).toBe(document.id);
    expect(segment.findIdentifier(document.id)).toBe(number);
    expect(segment.sequenceNumber(number)).toBe(document.sequenceNumber);
    expect(segment.version(number)).toBe(document.version);
    expect(segment.routing(number)).toBe(document.routing);
    expect(Buffer.from(segment.source(number)).toString()).toBe(Buffer.from(document.source).toString());
  }
  expect(segment.findIdentifier('absent')).toBe(-1);
  for (const name of ['keyword', 'address']) expectTerms(segment, expected, name);
  for (const name of ['whole', 'one', 'decimal', 'real']) expectNumbers(segment, expected, name);
  expectPostings(segment, expected);
}

function expectTerms(segment: Segment, expected: readonly IndexedDocument[], name: string): void {
  const wanted = expected.map(({ document }) => {
    const field = document.fields.find((one) => one.name === name);
    if (field?.storage !== 'terms') return [];
    const bytes = field.values.map((value) => Buffer.from(value, field.binary ? 'latin1' : 'utf8'));
    return [...new Set(bytes.toSorted(Buffer.compare).map((one) => one.toString('hex')))];
  });
  const all = [...new Set(wanted.flat())];
  const column = segment.terms(name);
  if (all.length === 0) return expect(column?.dictionary.size ?? 0).toBe(0);
  const { dictionary, ordinals, offsets } = column!;
  const terms = Array.from({ length: dictionary.size }, (_, ordinal) => Buffer.from(dictionary.bytes(ordinal)));
  expect(terms.map((term) => term.toString('hex'))).toEqual(
    all
      .map((term) => Buffer.from(term, 'hex'))
      .toSorted(Buffer.compare)
      .map((term) => term.toString('hex')),
  );
  for (const [ordinal, term] of terms.entries()) {
    expect(dictionary.find(term)).toBe(ordinal);
    expect(dictionary.text(ordinal)).toBe(term.toString());
    if (!all.includes(`${term.toString('hex')}00`))
      expect(dictionary.find(Buffer.concat([term, Buffer.of(0)]))).toBe(-ordinal - 2);
  }
  const found = expected.map((_, number) => {
    const own =
      offsets === undefined
        ? ordinals.slice(number, number + 1).filter((one) => one > 0)
        : ordinals.slice(offsets[number], offsets[number + 1]);
    return Array.from(own, (one) => terms[one - 1]!.toString('hex'));
  });
  expect(found).toEqual(wanted);
  expect(Array.from(segment.present(name)!.toArray())).toEqual(placesOf(wanted.map((one) => one.length > 0)));
}

function expectNumbers(segment: Segment, expected: readonly IndexedDocument[], name: string): void {
  const wanted = expected.map(({ document }) => {
    const field = document.fields.find((one) => one.name === name);
    return field?.storage === 'numbers' ? [...Float64Array.from(field.values).sort()] : [];
  });
  const column = segment.numbers(name);
  if (wanted.flat().length === 0) return expect(segment.present(name)?.count() ?? 0).toBe(0);
  const { base, scale, packed, offsets, present, minimum, maximum } = column!;
  const found = expected.map((_, number) => {
    if (offsets === undefined)
      return present === undefined || present.has(number) ? [base + packed[number]! / scale] : [];
    return Array.from(packed.slice(offsets[number], offsets[number + 1]), (one) => base + one / scale);
  });
  expect(found).toEqual(wanted);
  expect(minimum).toBeLessThanOrEqual(Math.min(...wanted.flat()));
  expect(maximum).toBeGreaterThanOrEqual(Math.max(...wanted.flat()));
  expect(Array.from(segment.present(name)!.toArray())).toEqual(placesOf(wanted.map((one) => one.length > 0)));
}

function expectPostings(segment: Segment, expected: readonly IndexedDocument[]): void {
  const postings = segment.postings('text');
  const fields = expected.map(({ document }) => document.fields.find((field) => field.storage === 'postings'));
  if (postings === undefined) return expect(fields.every((field) => field === undefined)).toBe(true);
  expect(Array.from(segment.present('text')!.toArray())).toEqual(placesOf(fields.map((field) => field !== undefined)));
  expect(postings.documentCount).toBe(fields.filter((field) => (field?.terms.length ?? 0) > 0).length);
  expect(Array.from(postings.norms)).toEqual(fields.map((field) => lengthToNorm(field?.terms.length ?? 0)));
  for (let ordinal = 0; ordinal < postings.dictionary.size; ordinal++) {
    const term = postings.dictionary.text(ordinal);
    const lists = fields.map((field) => field?.positions.filter((_, i) => field.terms[i] === term) ?? []);
    const { documents: found, frequencies, positions } = postings.decodePositions(ordinal);
    expect(Array.from(found)).toEqual(placesOf(lists.map((list) => list.length > 0)));
    expect(Array.from(frequencies)).toEqual(lists.map((list) => list.length).filter((count) => count > 0));
    expect(Array.from(positions)).toEqual(lists.flat());
    expect(postings.documentFrequency(ordinal)).toBe(found.length);
  }
  const terms = new Set(fields.flatMap((field) => field?.terms ?? []));
  expect(postings.dictionary.size).toBe(terms.size);
  expect(postings.totalTermFrequency).toBe(fields.reduce((sum, field) => sum + (field?.terms.length ?? 0), 0));
}

function placesOf(flags: readonly boolean[]): number[] {
  return flags.flatMap((flag, place) => (flag ? [place] : []));
}
