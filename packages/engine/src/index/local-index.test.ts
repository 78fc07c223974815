import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryDisk, failure } from '../directory/memory-directory.ts';
import type { Engine, Index } from './engine.ts';
import { applyOne, openTestEngine, put, searchable, stored } from './index.contract.ts';
import type { Operation } from './operation.ts';

async function freshIndex(
  settings: unknown = { refresh_interval: '-1' },
): Promise<{ disk: MemoryDisk; engine: Engine; index: Index }> {
  const disk = new MemoryDisk();
  const engine = await openTestEngine(disk.root());
  return { disk, engine, index: await engine.createIndex('logs', { settings }) };
}

describe('A write', () => {
  test('is numbered, versioned, readable at once and searchable after a refresh', async () => {
    const { index } = await freshIndex();
    expect(
      await index.apply([put('a', { n: 1 }), put('b', { n: 2 }), put('a', { n: 3 }), { kind: 'delete', id: 'b' }]),
    ).toEqual([
      { id: 'a', result: 'created', version: 1, sequenceNumber: 0 },
      { id: 'b', result: 'created', version: 1, sequenceNumber: 1 },
      { id: 'a', result: 'updated', version: 2, sequenceNumber: 2 },
      { id: 'b', result: 'deleted', version: 2, sequenceNumber: 3 },
    ]);
    expect(index.get('a')).toMatchObject({ version: 2, sequenceNumber: 2, routing: undefined });
    expect(stored(index, 'a')).toBe('{"n":3}');
    expect(index.get('b')).toBeUndefined();
    expect(searchable(index)).toEqual([]);
    await index.refresh();
    expect(searchable(index)).toEqual([['a', '{"n":3}']]);
  });

  test('of an absent document is a delete that found nothing, and versions go on after a delete', async () => {
    const { index } = await freshIndex();
    const remove: Operation = { kind: 'delete', id: 'x' };
    expect(await applyOne(index, remove)).toMatchObject({ result: 'not_found', version: 1, sequenceNumber: 0 });
    expect(await applyOne(index, put('x', {}))).toMatchObject({ result: 'created', version: 2 });
    expect(await applyOne(index, remove)).toMatchObject({ result: 'deleted', version: 3 });
  });

  test('gets an id of 20 URL-safe characters when it has none', async () => {
    const { index } = await freshIndex();
    const [first, second] = await index.apply([put(undefined, {}), put(undefined, {})]);
    expect(first!.id).toMatch(/^[\w-]{20}$/);
    expect(second!.id).not.toBe(first!.id);
  });

  test('that is refused names its reason and leaves the others alone', async () => {
    const { index } = await freshIndex();
    const results = await index.apply([
      put('a', {}),
      { kind: 'create', id: 'a', source: Buffer.from('{}') },
      put('b', 7),
      { kind: 'index', id: 'c', source: Buffer.from('{"a":') },
      put('x'.repeat(513), {}),
      put('', {}),
      put('a', {}, { condition: { sequenceNumber: 9, primaryTerm: 1 } }),
      put('z', {}, { condition: { sequenceNumber: 9, primaryTerm: 1 } }),
      put('a', {}, { condition: { sequenceNumber: 0, primaryTerm: 1 } }),
    ]);
    expect(
      results.map(({ error }) => error && [error.status, error.type, error.message.replace(/x{9,}/, '…')]),
    ).toEqual([
      undefined,
      [
        409,
        'version_conflict_engine_exception',
        '[a]: version conflict, document already exists (current version [1])',
      ],
      [400, 'document_parsing_exception', 'Malformed content, must start with an object'],
      [400, 'document_parsing_exception', expect.stringContaining('failed to parse')],
      [
        400,
        'action_request_validation_exception',
        expect.stringContaining('is too long, must be no longer than 512 bytes but was: 513'),
      ],
      [400, 'illegal_argument_exception', 'if _id is specified it must not be empty'],
      [
        409,
        'version_conflict_engine_exception',
        '[a]: version conflict, required seqNo [9], primary term [1]. current document has seqNo [0] and primary term [1]',
      ],
      [
        409,
        'version_conflict_engine_exception',
        '[z]: version conflict, required seqNo [9], primary term [1]. but no document was found',
      ],
      undefined,
    ]);
    expect(results[1]!.error!.details).toEqual({ index_uuid: index.uuid, shard: '0', index: 'logs' });
  });

  test('of many at once is decided one after the other', async () => {
    const { index } = await freshIndex();
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        applyOne(index, { kind: 'create', id: 'one', source: Buffer.from(`{"n":${n}}`) }),
      ),
    );
    expect(results.filter(({ error }) => error === undefined)).toHaveLength(1);
    expect(results.filter(({ error }) => error?.status === 409)).toHaveLength(19);
  });
});

test('A search keeps what it saw, whatever is written, refreshed, flushed and merged meanwhile', async () => {
  const { index } = await freshIndex();
  await index.apply([put('a', { n: 1 }), put('b', { n: 2 })]);
  await index.refresh();
  const [view] = index.searcher().segments;
  await index.apply([put('a', { n: 9 }), { kind: 'delete', id: 'b' }]);
  await index.refresh();
  await index.flush();
  expect(view!.live).toBeUndefined();
  expect([0, 1].map((document) => Buffer.from(view!.segment.source(document)).toString())).toEqual([
    '{"n":1}',
    '{"n":2}',
  ]);
  expect(searchable(index)).toEqual([['a', '{"n":9}']]);
});

test('Writes become searchable by themselves, and not with an interval of -1', async () => {
  const { index } = await freshIndex({ refresh_interval: '5ms' });
  await applyOne(index, put('a', {}));
  await expect.poll(() => searchable(index)).toHaveLength(1);
  await index.putSettings({ index: { refresh_interval: '-1' } });
  await applyOne(index, put('b', {}));
  await index.putSettings({ index: { refresh_interval: '1ms' } });
  await expect.poll(() => searchable(index)).toHaveLength(2);
});

test.each([
  ['write', 'ENOSPC', 429],
  ['sync', 'EIO', 500],
] as const)(
  'When a %s fails with %s nothing of it is kept, and writing goes on when it can',
  async (kind, code, status) => {
    const { disk, engine, index } = await freshIndex();
    await applyOne(index, put('a', { n: 1 }));
    disk.fault = (operation) => {
      if (operation.kind === kind && operation.name.startsWith('translog')) throw failure(code, operation.name);
    };
    const lost = [put('a', { n: 2 }), put('b', { fresh: 'field' }), { kind: 'delete', id: 'a' } as const];
    for (const outcome of await Promise.allSettled(lost.map((operation) => applyOne(index, operation)))) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { status } });
    }
    expect(stored(index, 'a')).toBe('{"n":1}');
    expect(index.get('b')).toBeUndefined();
    disk.fault = undefined;
    expect(await applyOne(index, put('b', { fresh: 'field' }))).toMatchObject({
      result: 'created',
      version: 1,
      sequenceNumber: 1,
    });
    await index.refresh();
    const expected = [
      ['a', '{"n":1}'],
      ['b', '{"fresh":"field"}'],
    ];
    expect(searchable(index)).toEqual(expected);
    const again = (await openTestEngine(disk.crash().root())).index('logs')!;
    expect(searchable(again)).toEqual(expected);
    expect(again.mapping.toJSON()).toEqual({ names: ['n', 'fresh'] });
    await engine.close();
  },
);

test('A flush that fails in the background is named, loses nothing, and is tried again', async () => {
  const disk = new MemoryDisk();
  const engine = await openTestEngine(disk.root(), { memoryDocuments: 10, retryAfter: 1 });
  const index = await engine.createIndex('logs');
  disk.fault = ({ kind, name }) => {
    if (kind === 'create' && name.startsWith('segment')) throw failure('EIO', name);
  };
  await index.apply(Array.from({ length: 11 }, (_, n) => put(`id-${n}`, { n })));
  await expect.poll(() => engine.problems()).toEqual([expect.stringMatching(/^flush of index \[logs\]: EIO/)]);
  disk.fault = undefined;
  await expect.poll(() => engine.problems()).toEqual([]);
  expect(searchable((await openTestEngine(disk.crash().root())).index('logs')!)).toHaveLength(11);
});

test('What is in memory is flushed when nothing was written for a while', async () => {
  const disk = new MemoryDisk();
  const engine = await openTestEngine(disk.root(), { idleAfter: 5 });
  const index = await engine.createIndex('logs');
  await applyOne(index, put('a', {}));
  const uuidFolder = disk.root().directory('indices').directory(index.uuid);
  await expect.poll(() => uuidFolder.list().filter((name) => name.endsWith('.segment'))).toHaveLength(1);
  await expect.poll(() => uuidFolder.list()).not.toContain('translog-1.log');
});

test('Segments of a size are merged in the background, and what is deleted meanwhile stays deleted', async () => {
  const disk = new MemoryDisk();
  const engine = await openTestEngine(disk.root());
  const index = await engine.createIndex('logs', { settings: { refresh_interval: '-1' } });
  for (let n = 0; n < 8; n++) {
    await index.apply([put(`a-${n}`, { n }), put(`b-${n}`, { n })]);
    await index.flush();
  }
  await index.apply([{ kind: 'delete', id: 'a-3' }, put('b-0', { n: 100 })]);
  await index.refresh();
  await expect.poll(() => index.statistics().segments).toBeLessThan(4);
  await index.refresh();
  const ids = searchable(index).map(([id]) => id);
  expect(ids).toHaveLength(15);
  expect(ids).not.toContain('a-3');
  await engine.close();
  const reopened = await openTestEngine(disk.crash().root());
  expect(searchable(reopened.index('logs')!).map(([id]) => id)).toEqual(ids);
});

/** Steps of a random life of an index. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('index' as const),
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      n: fc.nat(99),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('delete' as const), id: fc.constantFrom('a', 'b', 'c', 'd', 'e') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('refresh' as const, 'flush' as const, 'reopen' as const, 'merge' as const),
    }),
  },
);

test('Whatever is written, refreshed, flushed, merged and restarted, an index answers as a map does', async () => {
  expect.hasAssertions();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      let { disk, index } = await freshIndex();
      const model = new Map<string, string>();
      let visible = new Map<string, string>();
      for (const [sequenceNumber, one] of steps.entries()) {
        if (one.kind === 'index') {
          const source = { n: one.n, key: `k${sequenceNumber}` };
          expect(await applyOne(index, put(one.id, source))).toMatchObject({
            result: model.has(one.id) ? 'updated' : 'created',
          });
          model.set(one.id, JSON.stringify(source));
        } else if (one.kind === 'delete') {
          expect(await applyOne(index, one)).toMatchObject({ result: model.delete(one.id) ? 'deleted' : 'not_found' });
        } else {
          if (one.kind === 'refresh') await index.refresh();
          else if (one.kind === 'flush') await index.flush();
          else if (one.kind === 'merge') await (index as unknown as { mergeOnce(): Promise<boolean> }).mergeOnce();
          else {
            disk = disk.crash();
            index = (await openTestEngine(disk.root())).index('logs')!;
          }
          if (one.kind !== 'merge') visible = new Map(model);
        }
        for (const id of 'abcde') expect(stored(index, id)).toBe(model.get(id));
        expect(searchable(index)).toEqual([...visible].toSorted(([a], [b]) => (a < b ? -1 : 1)));
      }
    }),
    { numRuns: 60 },
  );
});
