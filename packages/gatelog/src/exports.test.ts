import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as index from './index.ts';

const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

it('exports these values and no other', () => {
  expect(Object.keys(index).toSorted()).toEqual([
    'ERRORS',
    'GatelogError',
    'describeCommands',
    'searchDocuments',
    'ship',
    'storeClient',
  ]);
});

it('has one door and one program', () => {
  expect(manifest).toMatchObject({ bin: { gatelog: 'bin/gatelog.js' } });
  expect(Object.keys((manifest as { exports: object }).exports)).toEqual(['.', './package.json']);
});
