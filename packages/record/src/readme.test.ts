import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('tells in the README every option with its default, and no other', () => {
  const options = ['./options.ts', './client-ip.ts'].flatMap((file) =>
    [...read(file).matchAll(/@default (.+?)(?: \*\/|\n)[^?}]*?\n? {2}(\w+)\?:/g)].map(([, byDefault, name]) => [
      name,
      byDefault,
    ]),
  );
  const [, table = ''] = read('../README.md').split('## Options');
  const rows = [...table.matchAll(/^\| `(\w+)` \| (.+?) \|/gm)].map(([, name, byDefault = '']) => [
    name,
    byDefault.replaceAll('`', ''),
  ]);
  expect(rows).toHaveLength(13);
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(options));
});
