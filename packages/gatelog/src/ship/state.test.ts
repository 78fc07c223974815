import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Checkpoint } from './checkpoint.ts';
import { DeadLetters } from './dead-letters.ts';
import { type LogFile, openLogFile } from './log-file.ts';
import { lockStateFolder } from './state-lock.ts';

let folder: string;
let log: string;
const opened: LogFile[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatelog-state-'));
  log = join(folder, 'app.log');
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ handle }) => handle.close()));
});

describe('a checkpoint', () => {
  const digest = Buffer.alloc(32, 7);

  test('is found again for the same file, renamed or copied, and not for another that begins alike', async () => {
    await writeFile(log, `${'a'.repeat(3_000)}\nsecond\n`);
    await (await Checkpoint.open(folder)).advance('t', await open(log), { offset: 3_001, digest });
    const checkpoint = await Checkpoint.open(folder);
    const found = { offset: 3_001, digest: digest.toString('hex') };
    expect(await checkpoint.find('t', await open(log))).toMatchObject(found);
    await copyFile(log, join(folder, 'copy.log'));
    expect(await checkpoint.find('t', await open(join(folder, 'copy.log')))).toMatchObject(found);
    await rename(log, join(folder, 'app.log.1'));
    expect(await checkpoint.find('t', await open(join(folder, 'app.log.1')))).toMatchObject(found);
    await writeFile(log, `${'a'.repeat(2_999)}b\nsecond\n`);
    expect(await checkpoint.find('t', await open(log))).toBeUndefined();
    expect(await checkpoint.find('another target', await open(join(folder, 'app.log.1')))).toBeUndefined();
  });

  test('of a file that is shorter now is not found', async () => {
    await writeFile(log, 'one\ntwo\n');
    const checkpoint = await Checkpoint.open(folder);
    await checkpoint.advance('t', await open(log), { offset: 8, digest });
    await writeFile(log, 'one\n');
    expect(await checkpoint.find('t', await open(log))).toBeUndefined();
  });

  test('is replaced whole, and leaves no temporary files', async () => {
    await writeFile(log, 'one\ntwo\n');
    const checkpoint = await Checkpoint.open(folder);
    const file = await open(log);
    await Promise.all([4, 8].map((offset) => checkpoint.advance('t', file, { offset, digest })));
    expect(JSON.parse(await readFile(join(folder, 'checkpoint.json'), 'utf8'))).toMatchObject({
      version: 1,
      files: [{ offset: 8 }],
    });
    expect(await readdir(folder)).toEqual(['app.log', 'checkpoint.json']);
  });

  test.each([
    ['half of itself', '{"version":1,"fil', 'it is damaged'],
    ['something else', '[]', 'it is damaged'],
    ['a broken entry', '{"version":1,"files":[{"target":"t"}]}', 'it is damaged'],
    ['a later version', '{"version":2,"files":[]}', 'it is of version 2, not 1'],
  ])('that is %s is refused, and the person told', async (_, content, reason) => {
    await writeFile(join(folder, 'checkpoint.json'), content);
    await expect(Checkpoint.open(folder)).rejects.toMatchObject({
      code: 'GATELOG_SHIP_STATE_UNREADABLE',
      message: expect.stringContaining(reason),
    });
  });
});

describe('the lock', () => {
  test('is for one at a time, and free again after', async () => {
    const unlock = await lockStateFolder(folder);
    await expect(lockStateFolder(folder)).rejects.toMatchObject({ code: 'GATELOG_SHIP_STATE_LOCKED' });
    await unlock();
    await (
      await lockStateFolder(folder)
    )();
    expect(await readdir(folder)).toEqual([]);
  });

  test('of a living process is kept', async () => {
    await writeFile(join(folder, 'lock'), JSON.stringify({ pid: process.ppid, started: '' }));
    await expect(lockStateFolder(folder)).rejects.toThrow(`process ${process.ppid}`);
  });

  test.each([
    ['of a process that is gone', () => JSON.stringify({ pid: deadProcess(), started: '' })],
    ['of another process with the same number', () => JSON.stringify({ pid: process.ppid, started: 'once' })],
    ['of this number before a restart', () => JSON.stringify({ pid: process.pid, started: '' })],
    ['that says nothing', () => 'torn'],
  ])('%s is taken over', async (_, content) => {
    await writeFile(join(folder, 'lock'), content());
    const unlock = await lockStateFolder(folder);
    expect(JSON.parse(await readFile(join(folder, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    await unlock();
  });

  test('goes to exactly one of many who want it at once', async () => {
    await writeFile(join(folder, 'lock'), JSON.stringify({ pid: deadProcess(), started: '' }));
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => lockStateFolder(folder)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

test('a dead letter is not glued to one that a full disk cut in the middle', async () => {
  const letters = new DeadLetters(folder);
  await writeFile(letters.path, '{"file":"cut');
  await letters.add([{ file: 'f', offset: 0, reason: 'r', index: 'i', line: 'l' }]);
  await letters.close();
  const [torn, whole = ''] = (await readFile(letters.path, 'utf8')).split('\n');
  expect(torn).toBe('{"file":"cut');
  expect(JSON.parse(whole)).toMatchObject({ file: 'f', line: 'l' });
});

async function open(path: string): Promise<LogFile> {
  const file = await openLogFile(path);
  opened.push(file);
  return file;
}

/** The number of a process that has just ended. */
function deadProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}
