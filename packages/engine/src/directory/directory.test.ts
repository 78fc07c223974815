import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { crc32, crc32ByTable } from './crc32.ts';
import { directoryContract } from './directory.contract.ts';
import { readFile, writeFile } from './directory.ts';
import { DiskDirectory } from './disk-directory.ts';
import { MemoryDisk, failure } from './memory-directory.ts';

const base = fs.mkdtempSync(join(tmpdir(), 'gatelog-directory-'));
afterAll(() => fs.rmSync(base, { recursive: true }));
const freshFolder = (): string => fs.mkdtempSync(join(base, 'x'));

directoryContract('folder on the disk', async () => new DiskDirectory(freshFolder()));
directoryContract('folder in memory', async () => new MemoryDisk().root());

test('Only the owner may read what is made on the disk', async () => {
  const directory = new DiskDirectory(join(freshFolder(), 'data'));
  await directory.make();
  await writeFile(directory, 'a', Buffer.from('1'));
  expect(fs.statSync(directory.path).mode & 0o777).toBe(0o700);
  expect(fs.statSync(join(directory.path, 'a')).mode & 0o777).toBe(0o600);
});

test.each([
  ['of a process that is no more', JSON.stringify({ pid: 2 ** 30, started: '', token: '' })],
  ['of an earlier process that had this pid', JSON.stringify({ pid: process.pid, started: '', token: 'x' })],
  ['that was torn while it was written', '{"pid":'],
  ['that names no process', '{"pid":-1}'],
])('A lock %s is taken over', async (_, content) => {
  const directory = new DiskDirectory(freshFolder());
  fs.writeFileSync(join(directory.path, 'node.lock'), content);
  await (await directory.lock()).release();
  expect(directory.list()).toEqual([]);
});

test.runIf(process.platform === 'linux')('A lock whose pid now belongs to another process is taken over', async () => {
  const directory = new DiskDirectory(freshFolder());
  fs.writeFileSync(join(directory.path, 'node.lock'), JSON.stringify({ pid: process.ppid, started: '1', token: 'x' }));
  await (await directory.lock()).release();
  expect(directory.list()).toEqual([]);
});

test.runIf(process.platform === 'linux')(
  'A lock of another process that lives keeps others out, and names it',
  async () => {
    const directory = new DiskDirectory(freshFolder());
    const stat = fs.readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    fs.writeFileSync(join(directory.path, 'node.lock'), JSON.stringify({ pid: process.ppid, started, token: 'x' }));
    await expect(directory.lock()).rejects.toThrow(`another engine, pid ${process.ppid}, uses ${directory.path}`);
  },
);

test('A power cut takes what was not synced, and only that', async () => {
  const disk = new MemoryDisk();
  const root = disk.root();
  await writeFile(root, 'kept', Buffer.from('1'));
  await root.sync();
  const kept = await root.append('kept');
  await kept.write(Buffer.from('2'));
  await writeFile(root, 'nameless', Buffer.from('1'));
  await root.rename('kept', 'renamed');
  const left = disk.crash().root();
  expect(left.list()).toEqual(['kept']);
  expect(Buffer.from(readFile(left, 'kept')).toString()).toBe('1');
  await root.sync();
  const synced = disk.crash().root();
  expect(synced.list()).toEqual(['nameless', 'renamed']);
  expect(Buffer.from(readFile(synced, 'renamed')).toString()).toBe('1');
  expect(Buffer.from(readFile(disk.crash(() => 0.6).root(), 'renamed')).toString()).toBe('12');
});

test('A fault leaves half of a write', async () => {
  const disk = new MemoryDisk();
  const file = await disk.root().create('a');
  disk.fault = ({ kind, name }) => {
    if (kind === 'write') throw failure('ENOSPC', name);
  };
  await expect(file.write(Buffer.from('1234'))).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(file.length).toBe(2);
});

test.each(['', 'a', '123456789', 'x'.repeat(1000)])('Both ways to a CRC-32 agree (%#)', (text) => {
  expect(crc32(Buffer.from(text))).toBe(crc32ByTable(Buffer.from(text)));
  expect(crc32(Buffer.from(text), 77)).toBe(crc32ByTable(Buffer.from(text), 77));
  expect(crc32ByTable(Buffer.from('123456789'))).toBe(0xcbf4_3926);
});
