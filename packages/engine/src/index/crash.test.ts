import { expect, test } from 'vitest';
import { MemoryDisk } from '../directory/memory-directory.ts';
import type { Engine } from './engine.ts';
import { applyOne, openTestEngine, put, searchable, stored } from './index.contract.ts';
import type { Operation } from './operation.ts';

/** A life with everything in it that touches the disk: each entry is one write, or a deed. */
type Deed = Operation | 'refresh' | 'flush' | 'merge' | 'close' | 'other' | 'delete other' | 'mapping' | 'settings';

const life: readonly Deed[] = [
  put('a', { n: 1 }),
  put('b', { n: 2 }),
  'flush',
  put('a', { n: 3 }),
  put('c', { word: 'new field' }),
  'refresh',
  { kind: 'delete', id: 'b' },
  'other',
  'flush',
  'mapping',
  put('d', { text: ['x', 'y'] }),
  'merge',
  'delete other',
  put('b', { n: 4 }),
  'settings',
  { kind: 'delete', id: 'c' },
  'flush',
  put('e', { n: 5 }),
  'close',
];

class PowerCut extends Error {}

interface Outcome {
  /** What was acknowledged: the source, or undefined for deleted. */
  readonly acknowledged: Map<string, string | undefined>;
  /** The write that was under way. */
  readonly unanswered: Operation | undefined;
  readonly created: boolean;
  readonly other: 'absent' | 'there' | 'being made' | 'being deleted';
  readonly mapped: boolean;
}

async function live(disk: MemoryDisk): Promise<Outcome> {
  const acknowledged = new Map<string, string | undefined>();
  let unanswered: Operation | undefined;
  let created = false;
  let mapped = false;
  let other: Outcome['other'] = 'absent';
  try {
    const engine = await openTestEngine(disk.root(), { retryAfter: 1e6 });
    const index = await engine.createIndex('logs', { settings: { refresh_interval: '-1' } });
    created = true;
    for (const deed of life) {
      if (deed === 'refresh' || deed === 'flush') await index[deed]();
      else if (deed === 'merge') await (index as unknown as { mergeOnce(): Promise<boolean> }).mergeOnce();
      else if (deed === 'close') await engine.close();
      else if (deed === 'settings') await index.putSettings({ refresh_interval: '7s' });
      else if (deed === 'mapping') {
        await index.putMapping({ names: ['mapped'] });
        mapped = true;
      } else if (deed === 'other') {
        other = 'being made';
        await applyOne(await engine.createIndex('other'), put('o', {}));
        other = 'there';
      } else if (deed === 'delete other') {
        other = 'being deleted';
        await engine.deleteIndex('other');
        other = 'absent';
      } else {
        unanswered = deed;
        const result = await applyOne(index, deed);
        if (result.error !== undefined) throw result.error;
        acknowledged.set(deed.id!, deed.kind === 'delete' ? undefined : Buffer.from(deed.source).toString());
        unanswered = undefined;
      }
    }
  } catch (error) {
    if (!isPowerCut(error)) throw error;
  }
  return { acknowledged, unanswered, created, other, mapped };
}

function isPowerCut(error: unknown): boolean {
  return error instanceof PowerCut || (error instanceof Error && error.cause instanceof PowerCut);
}

async function expectSurvived(engine: Engine, outcome: Outcome): Promise<void> {
  const { acknowledged, unanswered, created, other, mapped } = outcome;
  expect(engine.damaged).toEqual([]);
  const index = engine.index('logs');
  if (index === undefined) return expect(created).toBe(false);
  const found = searchable(index);
  expect(new Set(found.map(([id]) => id)).size).toBe(found.length);
  for (const id of 'abcde') {
    const allowed = [acknowledged.get(id)];
    if (unanswered?.id === id)
      allowed.push(unanswered.kind === 'delete' ? undefined : Buffer.from(unanswered.source).toString());
    expect(allowed).toContain(stored(index, id));
    expect(found.find(([one]) => one === id)?.[1]).toBe(stored(index, id));
  }
  if (mapped) expect(index.mapping.toJSON()['names']).toContain('mapped');
  if (other === 'there') expect(searchable(engine.index('other')!)).toEqual([['o', '{}']]);
  if (other === 'absent') expect(engine.index('other')).toBeUndefined();
  expect(await applyOne(index, put('later', {}))).toMatchObject({ result: 'created' });
  await index.flush();
  expect(stored(index, 'later')).toBe('{}');
}

/** Numbers in 0 … 1 from a seed (mulberry32), so that a failure can be repeated. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function operationsOfALife(): Promise<number> {
  const disk = new MemoryDisk();
  await live(disk);
  return disk.operations;
}

test('A power cut at any operation on the disk loses nothing that was acknowledged and doubles nothing that was not', async () => {
  const total = await operationsOfALife();
  expect(total).toBeGreaterThan(80);
  for (let cut = 1; cut <= total + 1; cut++) {
    const disk = new MemoryDisk();
    disk.fault = ({ number }) => {
      if (number >= cut) throw new PowerCut(`power cut at operation ${cut}`);
    };
    const outcome = await live(disk);
    for (const random of [undefined, seeded(cut), seeded(cut + 1e6), seeded(cut + 2e6)]) {
      const left = disk.crash(random);
      const engine = await openTestEngine(left.root());
      await expectSurvived(engine, outcome).catch((error: unknown) => {
        throw new Error(`after a power cut at operation ${cut}`, { cause: error });
      });
      await engine.close();
      expect((await openTestEngine(left.crash().root())).index('logs')?.get('later') !== undefined).toBe(
        engine.index('logs') !== undefined,
      );
    }
  }
});

test('A single failing operation anywhere loses nothing that was acknowledged', async () => {
  expect.hasAssertions();
  const total = await operationsOfALife();
  for (let failing = 1; failing <= total; failing++) {
    const disk = new MemoryDisk();
    disk.fault = ({ number }) => {
      if (number === failing) throw new PowerCut(`fault at operation ${failing}`);
    };
    const outcome = await live(disk);
    disk.fault = undefined;
    const engine = await openTestEngine(disk.crash().root());
    await expectSurvived(engine, outcome).catch((error: unknown) => {
      throw new Error(`after a fault at operation ${failing}`, { cause: error });
    });
  }
});
