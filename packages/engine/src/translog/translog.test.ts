import { expect, test } from 'vitest';
import { type Directory, readFile, writeFile } from '../directory/directory.ts';
import { MemoryDisk, failure } from '../directory/memory-directory.ts';
import { FRAME_BYTES, HEADER_BYTES, readTranslog, translogGeneration } from './translog-file.ts';
import { Translog } from './translog.ts';

const nothing = (): void => undefined;
const batch = (text: string): Uint8Array => Buffer.from(text);

function contentOf(directory: Directory, generation = 1, last = true): string[] {
  return readTranslog(directory, generation, last)!.payloads.map((payload) => Buffer.from(payload).toString());
}

async function written(
  ...batches: readonly string[]
): Promise<{ disk: MemoryDisk; directory: Directory; translog: Translog }> {
  const disk = new MemoryDisk();
  const directory = disk.root();
  const translog = await Translog.create(directory, 'logs', 1);
  for (const text of batches) await translog.append(batch(text), nothing, nothing);
  return { disk, directory, translog };
}

test('What was appended survives a power cut', async () => {
  const { disk } = await written('one', 'two');
  expect(contentOf(disk.crash().root())).toEqual(['one', 'two']);
});

test('All batches that wait share one write and one sync, and become durable in order', async () => {
  const { disk, directory, translog } = await written();
  const before = disk.operations;
  const order: number[] = [];
  await Promise.all([0, 1, 2, 3].map((place) => translog.append(batch(`${place}`), () => order.push(place), nothing)));
  expect(disk.operations - before).toBe(4);
  expect(order).toEqual([0, 1, 2, 3]);
  expect(contentOf(directory)).toEqual(['0', '123']);
});

test('A file cut anywhere gives the groups that are whole, and goes on from there', async () => {
  const { directory } = await written('one', 'two', 'three');
  const bytes = readFile(directory, 'translog-1.log');
  const ends = [3, 6, 11].map((text, group) => HEADER_BYTES + FRAME_BYTES * (group + 1) + text);
  for (let length = 0; length <= bytes.length; length++) {
    const cut = new MemoryDisk().root();
    await writeFile(cut, 'translog-1.log', bytes.slice(0, length));
    const translog = await Translog.resume(cut, 'logs', 1);
    await translog.append(batch('more'), nothing, nothing);
    const whole = ['one', 'two', 'three'].filter((_, group) => ends[group]! <= length);
    expect(contentOf(cut)).toEqual([...whole, 'more']);
  }
});

test('A flipped bit is damage when a group follows or a generation does, and a torn tail when none does', async () => {
  const { directory } = await written('one', 'two');
  const bytes = readFile(directory, 'translog-1.log');
  const secondFrame = HEADER_BYTES + FRAME_BYTES + 3;
  for (let place = 0; place < bytes.length; place++) {
    const flipped = new MemoryDisk().root();
    const damaged = bytes.slice();
    damaged[place]! ^= 1 << (place % 8);
    await writeFile(flipped, 'translog-1.log', damaged);
    expect(() => readTranslog(flipped, 1, false)).toThrow(/^translog \/\/translog-1\.log is damaged at byte/);
    if (place < secondFrame) expect(() => readTranslog(flipped, 1, true)).toThrow('is damaged');
    else expect(contentOf(flipped)).toEqual(['one']);
  }
});

test('A document that holds the bytes of a frame does not pass for one', async () => {
  const { directory } = await written('one', 'two');
  const frame = readFile(directory, 'translog-1.log').slice(HEADER_BYTES);
  const second = await Translog.create(directory, 'logs', 2);
  await second.append(frame, nothing, nothing);
  const bytes = readFile(directory, 'translog-2.log');
  const torn = new MemoryDisk().root();
  await writeFile(torn, 'translog-2.log', bytes.slice(0, -1));
  expect(contentOf(torn, 2)).toEqual([]);
});

test.each([
  ['write', 'ENOSPC', 429, 'cluster_block_exception'],
  ['sync', 'ENOSPC', 429, 'cluster_block_exception'],
  ['write', 'EIO', 500, 'translog_exception'],
  ['sync', 'EIO', 500, 'translog_exception'],
] as const)(
  'A %s that fails with %s rejects all that wait with %i, keeps none of it, and works again later',
  async (kind, code, status, type) => {
    const { disk, directory, translog } = await written('one');
    disk.fault = (operation) => {
      if (operation.kind === kind) throw failure(code, operation.name);
    };
    const durable: string[] = [];
    const failed: string[] = [];
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'c'].map((text) =>
        translog.append(
          batch(text),
          () => durable.push(text),
          () => failed.push(text),
        ),
      ),
    );
    for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: { status, type } });
    expect(durable).toEqual([]);
    expect(failed).toEqual(['a', 'b', 'c']);
    await expect(translog.append(batch('d'), nothing, nothing)).rejects.toMatchObject({ status });
    disk.fault = undefined;
    await translog.append(batch('later'), nothing, nothing);
    expect(contentOf(directory)).toEqual(['one', 'later']);
    expect(contentOf(disk.crash().root())).toEqual(['one', 'later']);
  },
);

test('A new generation begins behind what waits, and the old one is whole', async () => {
  const { disk, directory, translog } = await written();
  await Promise.all([
    translog.append(batch('a'), nothing, nothing),
    translog.append(batch('b'), nothing, nothing),
    translog.roll(),
    translog.append(batch('c'), nothing, nothing),
  ]);
  expect(translog.generation).toBe(2);
  expect(contentOf(directory, 1, false)).toEqual(['a', 'b']);
  expect(contentOf(disk.crash().root(), 2)).toEqual(['c']);
});

test('When a generation cannot begin, the one before goes on', async () => {
  const { disk, directory, translog } = await written('one');
  disk.fault = ({ kind, name }) => {
    if (kind === 'create') throw failure('ENOSPC', name);
  };
  const rolled = translog.roll();
  const appended = translog.append(batch('two'), nothing, nothing);
  await expect(rolled).rejects.toMatchObject({ status: 429 });
  await appended;
  expect(translog.generation).toBe(1);
  expect(contentOf(directory)).toEqual(['one', 'two']);
});

test.each([
  ['translog-12.log', 12],
  ['translog-.log', undefined],
  ['translog-1.log.tmp', undefined],
])('The generation of %s is %s', (name, generation) => {
  expect(translogGeneration(name)).toBe(generation);
});
