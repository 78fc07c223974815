import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineSplitter, type RawLine } from './line-splitter.ts';

const texts = (lines: readonly RawLine[]): string[] => lines.map(({ bytes }) => bytes.toString('utf8'));

test('lines are the same wherever the chunks are cut, within characters and between CR and LF too', () => {
  const line = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/[\r\n]/g, ''));
  const ended = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')));
  fc.assert(
    fc.property(ended, line, fc.array(fc.nat(40)), (lines, last, cuts) => {
      const content = Buffer.from(lines.map(([text, end]) => text + end).join('') + last);
      const splitter = new LineSplitter(0, 1_000);
      const found = chunksOf(content, cuts).flatMap((chunk) => splitter.push(chunk));
      expect(texts(found)).toEqual(lines.map(([text]) => text));
      expect(splitter.unfinished()?.bytes.toString('utf8') ?? '').toBe(last);
      expect(splitter.position).toBe(content.length);
      let offset = 0;
      for (const { start, end } of found) {
        expect(start).toBe(offset);
        offset = end;
      }
    }),
  );
});

test('a line longer than the limit is cut, and what follows it is whole', () => {
  const splitter = new LineSplitter(100, 4);
  const [long, next] = [...splitter.push(Buffer.from('abc')), ...splitter.push(Buffer.from('defgh\r\nxy\n'))];
  expect(long).toMatchObject({ start: 100, end: 110, isCut: true });
  expect(long?.bytes.toString()).toBe('abcd');
  expect(next).toMatchObject({ start: 110, end: 113, isCut: false });
});

test('an unfinished line stays held until its end comes', () => {
  const splitter = new LineSplitter(0, 100);
  expect(splitter.push(Buffer.from('half'))).toEqual([]);
  expect(splitter.unfinished()?.bytes.toString()).toBe('half');
  expect(texts(splitter.push(Buffer.from(' and half\n')))).toEqual(['half and half']);
  expect(splitter.unfinished()).toBeUndefined();
});

function chunksOf(content: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let from = 0;
  for (const size of sizes) {
    chunks.push(content.subarray(from, from + size));
    from += size;
  }
  return [...chunks, content.subarray(from)];
}
