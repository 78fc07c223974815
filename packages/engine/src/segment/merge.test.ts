import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Directory } from '../directory/directory.ts';
import { readFile, writeFile } from '../directory/directory.ts';
import { MemoryDisk } from '../directory/memory-directory.ts';
import { Bitset } from './bitset.ts';
import { type IndexedDocument, buildSegment } from './builder.ts';
import { type MergeInput, mergeSegments } from './merge.ts';
import { SectionCache } from './section-cache.ts';
import { MemorySections } from './sections.ts';
import { documents, expectSegment } from './segment.contract.ts';
import { type DiskSegment, SegmentFileWriter, openSegmentFile } from './segment-file.ts';
import { StoredSegment } from './stored-segment.ts';

/** Documents, the number of the segment each is in, and whether it is alive. */
const scattered = documents.chain((drawn) =>
  fc.record({
    drawn: fc.constant(drawn),
    alive: fc.array(fc.boolean(), { minLength: drawn.length, maxLength: drawn.length }),
    cuts: fc.array(fc.nat({ max: drawn.length }), { maxLength: 3 }),
    deletes: fc.boolean(),
  }),
);

test('Merged segments answer as the list of the documents that were alive does, merged once, twice, and read from a file', async () => {
  expect.hasAssertions();
  await fc.assert(
    fc.asyncProperty(scattered, async ({ drawn, alive, cuts, deletes }) => {
      const inputs: MergeInput[] = [];
      const bounds = [0, ...cuts.toSorted((a, b) => a - b), drawn.length];
      for (let i = 1; i < bounds.length; i++) {
        const segment = await buildSegment(drawn.slice(bounds[i - 1], bounds[i]));
        inputs.push({ segment, live: deletes ? liveness(alive.slice(bounds[i - 1], bounds[i])) : undefined });
      }
      const left = drawn.filter((_, place) => !deletes || alive[place]);
      const merged = await mergeInMemory(inputs);
      expectSegment(merged, left);
      const half = { segment: merged, live: liveness(left.map((_, place) => place % 2 === 0)) };
      const whole = { segment: merged, live: undefined };
      expectSegment(
        await mergeInMemory([half]),
        left.filter((_, place) => place % 2 === 0),
      );
      const directory = new MemoryDisk().root();
      expectSegment(await mergeToFile(directory, [whole]), left);
    }),
  );
});

test('Blocks are copied whole, unpacked where something is deleted, and packed again', async () => {
  expect.hasAssertions();
  const many = Array.from({ length: 1000 }, (_, place): IndexedDocument => ({
    id: `id-${place}`,
    document: { fields: [] },
    source: Buffer.from(`{"n":${place}}`),
    sequenceNumber: place,
    version: 1,
  }));
  const first = await mergeInMemory([{ segment: await buildSegment(many), live: undefined }]);
  const alive = many.map((_, place) => place !== 300 && place < 900);
  const second = await mergeInMemory([
    { segment: first, live: liveness(alive) },
    { segment: await buildSegment([{ ...many[0]!, id: 'last' }]), live: undefined },
  ]);
  expectSegment(second, [...many.filter((_, place) => alive[place]), { ...many[0]!, id: 'last' }]);
});

test('Opening a segment reads its table of contents, and a section is read once while it fits', async () => {
  const directory = new MemoryDisk().root();
  const cache = new SectionCache(1 << 20);
  const segment = await mergeToFile(directory, [{ segment: await buildSegment(some), live: undefined }], cache);
  expect(cache.byteLength).toBe(0);
  const { dictionary } = segment.terms('k')!;
  expect(cache.byteLength).toBeGreaterThan(0);
  expect(segment.terms('k')!.dictionary.bytes(0).buffer).toBe(dictionary.bytes(0).buffer);
  segment.close();
  expect(cache.byteLength).toBe(0);
});

test('What does not fit the budget is read again', async () => {
  const directory = new MemoryDisk().root();
  const cache = new SectionCache(10);
  const segment = await mergeToFile(directory, [{ segment: await buildSegment(some), live: undefined }], cache);
  expect(segment.terms('k')!.dictionary.text(0)).toBe('a');
  expect(segment.terms('k')!.dictionary.text(1)).toBe('b');
  expect(cache.byteLength).toBeLessThan(20);
});

test('A flipped bit anywhere in a segment file is noticed by whoever reads it', async () => {
  const directory = new MemoryDisk().root();
  const intact = await mergeToFile(directory, [{ segment: await buildSegment(some), live: undefined }]);
  const bytes = readFile(directory, 'segment');
  const answer = everythingOf(intact);
  for (let place = 0; place < bytes.length; place++) {
    const damaged = bytes.slice();
    damaged[place]! ^= 1 << (place % 8);
    const name = `damaged-${place}`;
    await writeFile(directory, name, damaged);
    let read: string;
    try {
      read = everythingOf(openSegmentFile(directory, name, new SectionCache(1 << 20)));
    } catch (error) {
      expect(error).toMatchObject({ status: 500, type: 'corrupt_index_exception' });
      continue;
    }
    // Padding and the magic at the start belong to no section.
    expect(read).toBe(answer);
  }
});

test('A segment file that is cut short is refused by name', async () => {
  const directory = new MemoryDisk().root();
  await mergeToFile(directory, [{ segment: await buildSegment(some), live: undefined }]);
  const bytes = readFile(directory, 'segment');
  for (const length of [0, 10, bytes.length - 1]) {
    await writeFile(directory, `cut-${length}`, bytes.slice(0, length));
    expect(() => openSegmentFile(directory, `cut-${length}`, new SectionCache(1))).toThrow(
      `segment //cut-${length} is damaged`,
    );
  }
});

const some = ['b', 'a'].map((value, place): IndexedDocument => ({
  id: `id-${place}`,
  document: {
    fields: [
      { storage: 'terms', name: 'k', binary: false, values: [value] },
      { storage: 'postings', name: 't', terms: ['x', value], positions: [0, 1] },
    ],
  },
  source: Buffer.from(`{"k":"${value}"}`),
  sequenceNumber: 7 - place,
  version: 1 + place,
}));

function everythingOf(segment: StoredSegment): string {
  const { dictionary, ordinals } = segment.terms('k')!;
  const postings = segment.postings('t')!;
  const documentsOf = [0, 1].map((document) => [
    segment.identifier(document),
    segment.findIdentifier(`id-${document}`),
    segment.sequenceNumber(document),
    segment.version(document),
    Buffer.from(segment.source(document)).toString(),
  ]);
  const lists = [0, 1, 2].map((ordinal) => [postings.dictionary.text(ordinal), postings.decodePositions(ordinal)]);
  return JSON.stringify([dictionary.text(0), dictionary.text(1), ordinals, documentsOf, lists, postings.norms]);
}

async function mergeInMemory(inputs: readonly MergeInput[]): Promise<StoredSegment> {
  const sections = new MemorySections();
  return new StoredSegment('merged', await mergeSegments(inputs, sections), sections);
}

async function mergeToFile(
  directory: Directory,
  inputs: readonly MergeInput[],
  cache = new SectionCache(1 << 20),
): Promise<DiskSegment> {
  const writer = await SegmentFileWriter.create(directory, 'segment');
  await writer.finish(await mergeSegments(inputs, writer));
  return openSegmentFile(directory, 'segment', cache);
}

function liveness(flags: readonly boolean[]): Bitset {
  const live = new Bitset(flags.length);
  for (const [place, flag] of flags.entries()) if (flag) live.add(place);
  return live;
}
