import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { DirectoryLockedError } from '../directory/directory.ts';
import { MemoryDisk, failure } from '../directory/memory-directory.ts';
import { openEngine } from './open-engine.ts';
import { applyOne, openTestEngine, put, searchable, stored } from './index.contract.ts';

const base = fs.mkdtempSync(join(tmpdir(), 'gatelog-engine-'));
afterAll(() => fs.rmSync(base, { recursive: true }));
const freshFolder = (): string => join(fs.mkdtempSync(join(base, 'x')), 'data');

/** What an error tells, to compare with what Elasticsearch tells. */
async function refusal(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'accepted',
    (error: unknown) => {
      const { status, type, message } = error as { status: number; type: string; message: string };
      return [status, type, message];
    },
  );
}

describe('An engine on the disk', () => {
  test('has after a restart what it had before, closed or not', async () => {
    const folder = freshFolder();
    const first = await openTestEngine(folder);
    const index = await first.createIndex('logs', {
      settings: { refresh_interval: '-1' },
      mappings: { names: ['from the start'] },
    });
    await index.apply([put('a', { n: 1 }), put('b', { n: 2 }, { routing: 'r' }), put('c', { text: ['x', 'y'] })]);
    await index.flush();
    await index.apply([put('a', { n: 10 }), { kind: 'delete', id: 'c' }]);
    await first.close();
    const second = await openTestEngine(folder);
    const again = second.index('logs')!;
    expect(second.clusterUuid).toBe(first.clusterUuid);
    expect([again.uuid, again.createdAt, again.settings]).toEqual([index.uuid, index.createdAt, index.settings]);
    expect(again.mapping.toJSON()).toEqual({ names: ['from the start', 'n', 'text'] });
    expect(searchable(again)).toEqual([
      ['a', '{"n":10}'],
      ['b', '{"n":2}'],
    ]);
    expect(again.get('b')).toMatchObject({ version: 1, sequenceNumber: 1, routing: 'r' });
    expect(await applyOne(again, put('a', {}))).toMatchObject({ version: 3, sequenceNumber: 5, result: 'updated' });
    await second.close();
  });

  test('keeps a second engine out, and lets it in when it is closed', async () => {
    const folder = freshFolder();
    const first = await openTestEngine(folder);
    await expect(openTestEngine(folder)).rejects.toThrow(DirectoryLockedError);
    await first.close();
    await first.close();
    await (await openTestEngine(folder)).close();
  });

  test('lets a search finish whose index is deleted or merged away', async () => {
    const engine = await openTestEngine(freshFolder(), {});
    const index = await engine.createIndex('logs', { settings: { refresh_interval: '-1' } });
    await index.apply(Array.from({ length: 1000 }, (_, n) => put(`id-${n}`, { n })));
    await index.flush();
    const { segments } = index.searcher();
    await engine.deleteIndex('logs');
    expect(segments[0]!.segment.numbers('n')!.maximum).toBe(999);
    expect(Buffer.from(segments[0]!.segment.source(700)).toString()).toBe('{"n":700}');
    await expect(index.apply([put('a', {})])).rejects.toMatchObject({ status: 404, type: 'index_not_found_exception' });
    await engine.close();
  });

  test('names an index that is damaged, leaves it alone, and opens the others', async () => {
    const folder = freshFolder();
    const engine = await openTestEngine(folder);
    const index = await engine.createIndex('broken');
    await applyOne(index, put('a', {}));
    await applyOne(await engine.createIndex('whole'), put('a', {}));
    await engine.close();
    const segment = fs.readdirSync(join(folder, 'indices', index.uuid)).find((name) => name.endsWith('.segment'))!;
    const file = join(folder, 'indices', index.uuid, segment);
    const bytes = fs.readFileSync(file);
    fs.writeFileSync(file, bytes.subarray(0, -1));
    const again = await openTestEngine(folder);
    expect(again.damaged).toEqual([
      { uuid: index.uuid, name: 'broken', reason: expect.stringContaining(`${file} is damaged`) },
    ]);
    expect(stored(again.index('whole')!, 'a')).toBe('{}');
    expect(again.index('broken')).toBeUndefined();
    expect(await refusal(again.indexOrCreate('broken'))).toEqual([
      503,
      'corrupt_index_exception',
      expect.stringContaining('restore it or delete it'),
    ]);
    await again.close();
    expect(fs.statSync(file).size).toBe(bytes.length - 1);
    fs.writeFileSync(file, bytes);
    const repaired = await openTestEngine(folder);
    expect(stored(repaired.index('broken')!, 'a')).toBe('{}');
    await repaired.close();
  });

  test('forgets a damaged index that is deleted', async () => {
    const folder = freshFolder();
    const engine = await openTestEngine(folder);
    const { uuid } = await engine.createIndex('broken');
    await engine.close();
    fs.rmSync(join(folder, 'indices', uuid, 'translog-1.log'));
    const again = await openTestEngine(folder);
    expect(again.damaged[0]!.reason).toContain('translog-1.log is missing');
    await again.deleteIndex('broken');
    expect(again.damaged).toEqual([]);
    expect(fs.readdirSync(join(folder, 'indices'))).toEqual([]);
    await again.close();
  });
});

describe('Creating an index', () => {
  test.each([
    ['Abc', 'must be lowercase'],
    ['_x', "must not start with '_', '-', or '+'"],
    ['-x', "must not start with '_', '-', or '+'"],
    ['a,b', String.raw`must not contain the following characters [' ','"','*',',','/','<','>','?','\','|']`],
    ['a/b', String.raw`must not contain the following characters [' ','"','*',',','/','<','>','?','\','|']`],
    ['a#b', "must not contain '#'"],
    ['a:b', "must not contain ':'"],
    ['..', "must not be '.' or '..'"],
    ['', 'must not be empty'],
    ['é'.repeat(128), 'index name is too long, (256 > 255)'],
  ])('refuses the name %j as Elasticsearch does', async (name, problem) => {
    const engine = await openTestEngine(new MemoryDisk().root());
    expect(await refusal(engine.createIndex(name))).toEqual([
      400,
      'invalid_index_name_exception',
      `Invalid index name [${name}], ${problem}`,
    ]);
  });

  test.each([
    [
      { foo: 1 },
      'unknown setting [index.foo] please check that any required plugins are installed, or check the breaking changes documentation for removed settings',
    ],
    [
      { index: { foo: { bar: 1 } } },
      'unknown setting [index.foo.bar] please check that any required plugins are installed, or check the breaking changes documentation for removed settings',
    ],
    [
      { refresh_interval: 'abc' },
      'failed to parse setting [index.refresh_interval] with value [abc] as a time value: unit is missing or unrecognized',
    ],
    [
      { refresh_interval: '10' },
      'failed to parse setting [index.refresh_interval] with value [10] as a time value: unit is missing or unrecognized',
    ],
    [{ number_of_shards: 0 }, 'Failed to parse value [0] for setting [index.number_of_shards] must be >= 1'],
    [{ 'index.number_of_shards': 'x' }, 'Failed to parse value [x] for setting [index.number_of_shards]'],
    [{ number_of_shards: 2000 }, 'Failed to parse value [2000] for setting [index.number_of_shards] must be <= 1024'],
    [{ number_of_replicas: -1 }, 'Failed to parse value [-1] for setting [index.number_of_replicas] must be >= 0'],
    [
      JSON.parse('{"__proto__":{"a":1}}') as unknown,
      'unknown setting [index.__proto__.a] please check that any required plugins are installed, or check the breaking changes documentation for removed settings',
    ],
  ])('refuses the settings %j as Elasticsearch does', async (settings, reason) => {
    const engine = await openTestEngine(new MemoryDisk().root());
    expect(await refusal(engine.createIndex('logs', { settings }))).toEqual([
      400,
      'illegal_argument_exception',
      reason,
    ]);
    expect(engine.indices()).toEqual([]);
  });

  test('takes settings nested or dotted, shows them flat, and changes those that may change', async () => {
    const engine = await openTestEngine(new MemoryDisk().root());
    const index = await engine.createIndex('logs', {
      settings: { index: { number_of_replicas: 0 }, 'index.refresh_interval': '30s' },
    });
    expect(index.settings).toEqual({ number_of_shards: '1', number_of_replicas: '0', refresh_interval: '30s' });
    await index.putSettings({ index: { refresh_interval: null, number_of_replicas: null } });
    expect(index.settings).toEqual({ number_of_shards: '1', number_of_replicas: '1' });
    expect(await refusal(index.putSettings({ number_of_shards: 2 }))).toEqual([
      400,
      'illegal_argument_exception',
      `Can't update non dynamic settings [[index.number_of_shards]] for open indices [[logs/${index.uuid}]]`,
    ]);
  });

  test('refuses a name that is taken, and makes one index when many ask at once', async () => {
    const engine = await openTestEngine(new MemoryDisk().root());
    const made = await Promise.all([
      engine.indexOrCreate('logs'),
      engine.indexOrCreate('logs'),
      engine.indexOrCreate('a'),
    ]);
    expect(made[1]).toBe(made[0]);
    expect(engine.indices().map(({ name }) => name)).toEqual(['a', 'logs']);
    expect(await refusal(engine.createIndex('logs'))).toEqual([
      400,
      'resource_already_exists_exception',
      `index [logs/${made[0].uuid}] already exists`,
    ]);
    expect(await refusal(engine.createIndex('x', { aliases: { y: {} } }))).toEqual([
      400,
      'illegal_argument_exception',
      expect.stringContaining('aliases'),
    ]);
  });

  test('that fails leaves nothing behind', async () => {
    const disk = new MemoryDisk();
    const engine = await openTestEngine(disk.root());
    disk.fault = ({ kind, name }) => {
      if (kind === 'write') throw failure('ENOSPC', name);
    };
    expect(await refusal(engine.createIndex('logs'))).toEqual([
      429,
      'cluster_block_exception',
      expect.stringContaining('flood-stage'),
    ]);
    expect(disk.root().directory('indices').list()).toEqual([]);
    disk.fault = undefined;
    const index = await engine.createIndex('logs');
    await engine.close();
    const left = disk.crash();
    await openTestEngine(left.root());
    expect(left.root().directory('indices').list()).toEqual([index.uuid]);
  });
});

test('The mapping that documents made is the same after a power cut, flushed or not', async () => {
  const disk = new MemoryDisk();
  const index = await (
    await openEngine({ directory: disk.root() })
  ).createIndex('logs', {
    settings: { refresh_interval: '-1' },
    mappings: { properties: { ip_address: { type: 'ip' } } },
  });
  const source = {
    '@timestamp': '2023-11-14T10:23:01.446Z',
    ip_address: '127.0.0.1',
    message: 'Unauthorized - POST',
    took: 1.5,
  };
  await applyOne(index, put('a', source));
  const mapping = index.mapping.toJSON();
  const replayed = (await openEngine({ directory: disk.crash().root() })).index('logs')!;
  expect(replayed.mapping.toJSON()).toEqual(mapping);
  await index.putMapping({ properties: { later: { type: 'keyword' } } });
  await index.flush();
  const flushed = (await openEngine({ directory: disk.crash().root() })).index('logs')!;
  expect(flushed.mapping.toJSON()).toEqual(index.mapping.toJSON());
  for (const { segment } of [...replayed.searcher().segments, ...flushed.searcher().segments]) {
    expect(segment.numbers('@timestamp')!.minimum).toBe(Date.parse(source['@timestamp']));
    expect(segment.postings('message')!.dictionary.text(1)).toBe('unauthorized');
    expect(segment.terms('ip_address')!.dictionary.bytes(0)).toHaveLength(16);
  }
});

test('An engine that is closed says so', async () => {
  const engine = await openTestEngine(new MemoryDisk().root());
  const index = await engine.createIndex('logs');
  await engine.close();
  for (const work of [
    engine.createIndex('x'),
    engine.deleteIndex('logs'),
    index.apply([put('a', {})]),
    index.refresh(),
    index.flush(),
  ]) {
    expect(await refusal(work)).toEqual([503, 'node_closed_exception', 'the engine is shutting down']);
  }
});

test('Deleting an index that is not there is answered with 404', async () => {
  const engine = await openTestEngine(new MemoryDisk().root());
  expect(await refusal(engine.deleteIndex('nope'))).toEqual([404, 'index_not_found_exception', 'no such index [nope]']);
});
