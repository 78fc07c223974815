import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runMain } from '../commands/run-main.testing.ts';
import { type FakeStore, fakeStore } from './fake-store.testing.ts';

const LINE = '2023-11-14 10:23:05,261 - [ERROR] - Unauthorized - PUT request - on the operation page - IP: 127.0.0.1\n';

let store: FakeStore;
let folder: string;
let log: string;

beforeEach(async () => {
  store = await fakeStore();
  folder = await mkdtemp(join(tmpdir(), 'gatelog-command-'));
  log = join(folder, 'app.log');
  vi.stubEnv('XDG_STATE_HOME', folder);
  vi.stubEnv('XDG_DATA_HOME', folder);
  vi.stubEnv('ELASTICSEARCH_URL', store.client.url);
  vi.stubEnv('ELASTIC_PASSWORD', 'p');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  store.client.close();
  await store.stop();
  await rm(folder, { recursive: true });
});

test('ship says what it did in words, and where the rejected lines are', async () => {
  await writeFile(log, `${LINE}what is this\n`);
  const { code, output, errors } = await runMain(['ship', log]);
  expect(code).toBe(0);
  expect(output).toMatch(/^2 lines read \(116 bytes, \d+\.\d s\): 1 document created in gatelog-access\n/);
  expect(output).toContain(`1 line was rejected and kept in ${join(folder, 'gatelog', 'dead-letters.ndjson')}\n`);
  expect(errors).toBe(`${log}: the format is classic (gatelog's own lines)\n`);
  expect(await readFile(join(folder, 'gatelog', 'dead-letters.ndjson'), 'utf8')).toContain('what is this');
});

test('ship --json prints one object', async () => {
  await writeFile(log, LINE);
  const { code, output } = await runMain(['ship', log, '--json', '--schema', 'classic', '--index', 'my_logs']);
  expect(code).toBe(0);
  expect(JSON.parse(output)).toMatchObject({ lines: 1, created: 1, index: 'my_logs' });
  expect([...store.documents.values()]).toEqual([
    {
      timestamp: '2023-11-14 10:23:05,261',
      loglevel: 'ERROR',
      message: 'Unauthorized - PUT request - on the operation page',
      ip_address: '127.0.0.1',
    },
  ]);
});

test('ship --dry-run prints the documents and asks no store', async () => {
  await writeFile(log, LINE.trimEnd());
  const { code, output } = await runMain(['ship', log, '--dry-run', '--schema', 'classic']);
  expect(code).toBe(0);
  expect(JSON.parse(output)).toHaveProperty('loglevel', 'ERROR');
  expect(store.requests).toEqual([]);
});

test('ship of a file that is not there is exit code 1 and one line', async () => {
  const { code, errors } = await runMain(['ship', log]);
  expect(code).toBe(1);
  expect(errors).toBe(
    `gatelog: there is no file ${log}. Check the path, or use --follow to wait until it appears. [GATELOG_SHIP_FILE_MISSING]\n`,
  );
});

test('help ship shows the help of ship and is exit code 0', async () => {
  const { code, output } = await runMain(['help', 'ship']);
  expect(code).toBe(0);
  expect(output).toContain('gatelog ship logs/app.log --follow');
});
