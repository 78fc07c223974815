import {
  appendFile,
  copyFile,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FakeStore, fakeStore } from './fake-store.testing.ts';
import type { ShipOptions, ShipSummary } from './options.ts';
import { ship } from './ship.ts';

let store: FakeStore;
let folder: string;
let log: string;

beforeEach(async () => {
  store = await fakeStore();
  folder = await mkdtemp(join(tmpdir(), 'gatelog-ship-'));
  log = join(folder, 'app.log');
});

afterEach(async () => {
  store.client.close();
  await store.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('shipping once', () => {
  test('stores every line and says how many', async () => {
    await writeFile(log, lines(0, 3));
    expect(await run()).toMatchObject({ lines: 3, created: 3, alreadyThere: 0, deadLetters: 0, bytes: 3 * LINE_BYTES });
    expect(messages()).toEqual(numbers(0, 3));
  });

  test('again stores nothing, and only what was added after that', async () => {
    await writeFile(log, lines(0, 3));
    await run();
    expect(await run()).toMatchObject({ lines: 0, created: 0 });
    await appendFile(log, lines(3, 5));
    expect(await run()).toMatchObject({ lines: 2, created: 2 });
    expect(messages()).toEqual(numbers(0, 5));
  });

  test('with the state lost, or from a copy, finds every line already there', async () => {
    await writeFile(log, lines(0, 100));
    await run();
    expect(await run({ state: join(folder, 'other') })).toMatchObject({ lines: 100, created: 0, alreadyThere: 100 });
    const copy = join(folder, 'copy.log');
    await copyFile(log, copy);
    expect(await run({ files: [copy], state: join(folder, 'third') })).toMatchObject({ created: 0, alreadyThere: 100 });
  });

  test('starts over when the index was removed', async () => {
    await writeFile(log, lines(0, 3));
    await run();
    store.documents.clear();
    store.indexExists = false;
    expect(await run()).toMatchObject({ created: 3 });
  });

  test('a last line without its end is stored, and replaced when it grew', async () => {
    const [first = '', second = ''] = lines(0, 2).trimEnd().split('\n');
    await writeFile(log, `${first}\n${second.slice(0, -1)}`);
    expect(await run()).toMatchObject({ created: 2 });
    expect(await run()).toMatchObject({ created: 0, alreadyThere: 1 });
    await appendFile(log, `1\n${lines(2, 3)}`);
    await run();
    expect(store.documents.size).toBe(3);
    expect(messages()).toEqual(numbers(0, 3));
    expect([...store.documents.values()].map((document) => document['ip_address'])).toContain('127.0.0.1');
  });

  test('an empty file is done at once', async () => {
    await writeFile(log, '');
    expect(await run()).toMatchObject({ lines: 0, created: 0 });
  });

  test('after a rotation by rename, first the rest of the old file, and what came between', async () => {
    await writeFile(log, lines(0, 3));
    await run();
    await appendFile(log, lines(3, 4));
    await rename(log, join(folder, 'app.log.2'));
    await writeFile(join(folder, 'app.log.1'), lines(4, 6));
    await writeFile(log, lines(6, 7));
    expect(await run()).toMatchObject({ lines: 4, created: 4 });
    expect(messages()).toEqual(numbers(0, 7));
  });

  test('gives the same ids whatever the size of a batch', async () => {
    await writeFile(log, lines(0, 30));
    await run();
    for (const batchBytes of [7, 100, 1_000]) {
      const state = join(folder, `state-${batchBytes}`);
      expect(await run({ batchBytes, state })).toMatchObject({ lines: 30, created: 0, alreadyThere: 30 });
    }
  });

  test('after a kill between the answer of the store and the checkpoint stores nothing twice', async () => {
    const checkpoint = join(folder, 'state', 'checkpoint.json');
    await writeFile(log, lines(0, 10));
    await run();
    const before = await readFile(checkpoint);
    await appendFile(log, lines(10, 20));
    await run();
    await writeFile(checkpoint, before);
    await appendFile(log, lines(20, 30));
    expect(await run()).toMatchObject({ lines: 20, created: 10, alreadyThere: 10 });
    expect(messages()).toEqual(numbers(0, 30));
  });

  test('creates the index with a mapping for ECS documents and leaves the classic schema to the store', async () => {
    await writeFile(log, lines(0, 1));
    await run({ schema: 'ecs', index: 'one' });
    expect(store.requests).toContain('PUT /one');
    store.indexExists = false;
    await run({ schema: 'classic', index: 'two' });
    expect(store.requests).not.toContain('PUT /two');
  });
});

describe('a store in trouble', () => {
  test.each([
    ['says 429', { kind: 'status', status: 429 }],
    ['says 503', { kind: 'status', status: 503 }],
    ['cuts the connection before it stored anything', { kind: 'cut-before' }],
    ['cuts the connection after it stored everything', { kind: 'cut-after' }],
    ['has no room for some items', { kind: 'items', statusOf: everySecond(429) }],
  ] as const)('that %s gets the lines again, and has each once', async (_, fault) => {
    await writeFile(log, lines(0, 50));
    store.faults.push(fault, fault, fault);
    const summary = await run();
    expect(summary.created + summary.alreadyThere).toBe(50);
    expect(summary.deadLetters).toBe(0);
    expect(messages()).toEqual(numbers(0, 50));
  });

  test('only the items it had no room for are sent again', async () => {
    await writeFile(log, lines(0, 10));
    store.faults.push({ kind: 'items', statusOf: everySecond(429) });
    expect(await run()).toMatchObject({ created: 10, alreadyThere: 0 });
  });

  test('that finds a batch too large gets it in halves', async () => {
    await writeFile(log, lines(0, 40));
    store.limit = 1_000;
    expect(await run()).toMatchObject({ created: 40, deadLetters: 0 });
  });

  test('that stays down ends the work with what to do, and the next run loses nothing', async () => {
    await writeFile(log, lines(0, 5));
    await store.stop();
    await expect(run({ retryFor: 50 })).rejects.toMatchObject({ code: 'GATELOG_SHIP_STORE_GAVE_UP', exitCode: 1 });
    await store.start();
    expect(await run()).toMatchObject({ created: 5 });
  });

  test('that refuses the credential is not asked again', async () => {
    await writeFile(log, lines(0, 5));
    store.faults.push({ kind: 'status', status: 401 });
    await expect(run()).rejects.toMatchObject({ code: 'GATELOG_STORE_UNAUTHENTICATED' });
    expect(await run()).toMatchObject({ created: 5 });
  });
});

describe('dead letters', () => {
  test('keep the lines that cannot be read and the documents that are rejected, with why and where', async () => {
    await writeFile(log, `${lines(0, 1)}what is this\n${lines(1, 3)}`);
    store.faults.push({ kind: 'items', statusOf: ({ message }) => (String(message).includes('page 2') ? 400 : 201) });
    const summary = await run();
    expect(summary).toMatchObject({ lines: 4, created: 2, deadLetters: 2 });
    const letters = (await readFile(summary.deadLetterFile, 'utf8')).trimEnd().split('\n');
    expect(letters.map((letter) => JSON.parse(letter) as unknown)).toEqual([
      expect.objectContaining({ line: 'what is this', offset: LINE_BYTES, file: log }),
      expect.objectContaining({ reason: 'fault: as ordered', document: expect.objectContaining({ loglevel: 'INFO' }) }),
    ]);
    expect((await stat(summary.deadLetterFile)).mode & 0o777).toBe(0o600);
    expect(await run()).toMatchObject({ lines: 0, deadLetters: 0 });
  });

  test('take a line that is longer than the limit, cut', async () => {
    await writeFile(log, `${lines(0, 1)}${'x'.repeat(5_000)}\n${lines(1, 2)}`);
    expect(await run({ longestLine: 200, batchBytes: 512 })).toMatchObject({ lines: 3, created: 2, deadLetters: 1 });
  });

  test('that cannot be written stop the work before the checkpoint passes them', async () => {
    const state = join(folder, 'state');
    await writeFile(log, `${lines(0, 1)}what is this\n`);
    await run({ files: [], state });
    await mkdir(join(state, 'dead-letters.ndjson'));
    await expect(run({ state })).rejects.toMatchObject({ code: 'GATELOG_SHIP_STATE_UNWRITABLE' });
    await rm(join(state, 'dead-letters.ndjson'), { recursive: true });
    expect(await run({ state })).toMatchObject({ alreadyThere: 1, deadLetters: 1 });
  });
});

describe('what cannot be shipped', () => {
  test.each([
    ['a missing file', 'GATELOG_SHIP_FILE_MISSING', async () => undefined],
    ['a folder', 'GATELOG_SHIP_FILE_IS_DIRECTORY', async () => void (log = folder)],
    ['a file with zero bytes', 'GATELOG_SHIP_FILE_BINARY', () => writeFile(log, 'ab\0c\n')],
    ['a gzip file', 'GATELOG_SHIP_FILE_BINARY', () => writeFile(log, Buffer.from([0x1f, 0x8b, 8, 1]))],
    ['a file of another kind', 'GATELOG_SHIP_FORMAT_UNKNOWN', () => writeFile(log, 'dear diary\n')],
  ])('%s is refused as %s', async (_, code, prepare) => {
    await prepare();
    await expect(run()).rejects.toMatchObject({ code, exitCode: 1 });
    expect(store.documents.size).toBe(0);
  });
});

describe('following', () => {
  test('stores lines as they are written, waits for the end of a line, and stops when asked', async () => {
    const { stop, done } = follow();
    await writeFile(log, lines(0, 2));
    await store.until(() => store.documents.size === 2);
    const [third = ''] = lines(2, 3).split('\n');
    await appendFile(log, third.slice(0, 30));
    await appendFile(log, `${third.slice(30)}\n`);
    await store.until(() => store.documents.size === 3);
    stop();
    expect(await done).toMatchObject({ lines: 3, created: 3 });
    expect(messages()).toEqual(numbers(0, 3));
  });

  test('goes through rotations by rename, also when the old file is written to a little longer', async () => {
    await writeFile(log, lines(0, 2));
    const { stop, done } = follow();
    await store.until(() => store.documents.size === 2);
    await rename(log, join(folder, 'app.log.1'));
    await writeFile(log, lines(3, 4));
    await store.until(() => store.documents.size === 3);
    await appendFile(join(folder, 'app.log.1'), lines(2, 3));
    await store.until(() => store.documents.size === 4);
    stop();
    await done;
    expect(messages()).toEqual(numbers(0, 4));
  });

  test('reads a file from its beginning when it was cut off', async () => {
    await writeFile(log, lines(0, 3));
    const { stop, done } = follow();
    await store.until(() => store.documents.size === 3);
    await truncate(log, 0);
    await appendFile(log, lines(3, 4));
    await store.until(() => store.documents.size === 4);
    stop();
    await done;
    expect(messages()).toEqual(numbers(0, 4));
  });

  test('waits for a store that is down for as long as it takes', async () => {
    await writeFile(log, lines(0, 2));
    await store.stop();
    const notices: string[] = [];
    const waited = gate();
    const { stop, done } = follow({ onNotice: (notice) => notices.push(notice) > 2 && waited.resolve() });
    await waited.promise;
    await store.start();
    await store.until(() => store.documents.size === 2);
    stop();
    await done;
    expect(notices[0]).toContain('the connection was refused');
  });

  test('stops at once while the store is down, and the next start goes on', async () => {
    await writeFile(log, lines(0, 2));
    await store.stop();
    const waited = gate();
    const { stop, done } = follow({ onNotice: () => waited.resolve(), firstPause: 20_000 });
    await waited.promise;
    stop();
    expect(await done).toMatchObject({ created: 0 });
    await store.start();
    expect(await run()).toMatchObject({ created: 2 });
  });

  test('a second shipper on the same state folder is refused', async () => {
    const { stop, done } = follow();
    await writeFile(log, lines(0, 1));
    await store.until(() => store.documents.size === 1);
    await expect(run()).rejects.toMatchObject({ code: 'GATELOG_SHIP_STATE_LOCKED' });
    stop();
    await done;
  });
});

function run(options: Partial<ShipOptions> = {}): Promise<ShipSummary> {
  const { client } = store;
  return ship({
    files: [log],
    client,
    index: 'test',
    schema: 'classic',
    state: join(folder, 'state'),
    retryFor: 10_000,
    firstPause: 1,
    ...options,
  });
}

function follow(options: Partial<ShipOptions> = {}): { stop: () => void; done: Promise<ShipSummary> } {
  const controller = new AbortController();
  const done = run({ follow: true, signal: controller.signal, retryFor: Number.POSITIVE_INFINITY, ...options });
  return { stop: () => controller.abort(), done };
}

/** A promise to be resolved from outside. */
function gate(): { promise: Promise<void>; resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

const LINE_BYTES = lines(0, 1).length;

/** Classic lines numbered from `from` up to, but not with, `to` (below 1,000), all of the same length. */
function lines(from: number, to: number): string {
  return numbers(from, to)
    .map((number) => {
      const time = `2023-11-14 10:23:01,${String(number).padStart(3, '0')}`;
      return `${time} - [INFO] - Authorized - GET request - on the page ${number} - IP: 127.0.0.1\n`;
    })
    .join('');
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, position) => from + position);
}

/** The numbers of the lines in the store, in order. */
function messages(): number[] {
  return [...store.documents.values()]
    .map(({ message }) => Number(/page (\d+)/.exec(String(message))?.[1]))
    .toSorted((one, other) => one - other);
}

function everySecond(status: number): () => number {
  let count = 0;
  return () => (count++ % 2 === 0 ? 201 : status);
}
