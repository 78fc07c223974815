import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { expandLogPaths } from './log-paths.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatelog-logs-'));
for (const name of ['a', 'b', 'a/deep.log']) mkdirSync(join(folder, name), { recursive: true });
for (const name of ['a/x.log', 'a/y.log', 'a/y.log.1', 'a/y.log.2.gz', 'a/.hidden.log', 'b/x.log', 'b/[1].log']) {
  writeFileSync(join(folder, name), '');
}

test.each([
  ['a/x.log', ['a/x.log']],
  ['a/not-yet.log', ['a/not-yet.log']],
  ['a/*.log', ['a/x.log', 'a/y.log']],
  ['a/y.log*', ['a/y.log', 'a/y.log.1']],
  ['a/?.log', ['a/x.log', 'a/y.log']],
  ['*/x.log', ['a/x.log', 'b/x.log']],
  ['b/[1]*', ['b/[1].log']],
  ['nowhere/*.log', []],
  ['*.log', []],
])('%s', async (name, expected) => {
  const paths = await expandLogPaths([join(folder, name)]);
  expect(paths.map((path) => relative(folder, path))).toEqual(expected);
});

test('a log named twice is followed once', async () => {
  expect(await expandLogPaths([join(folder, 'a/*.log'), join(folder, 'a/x.log')])).toHaveLength(2);
});
