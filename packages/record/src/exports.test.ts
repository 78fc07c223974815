import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as express from './adapters/express.ts';
import * as node from './adapters/node.ts';
import * as index from './index.ts';

const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

it('exports these values and no other', () => {
  expect({ index: Object.keys(index).toSorted(), express: Object.keys(express), node: Object.keys(node) }).toEqual({
    index: [
      'compilePolicy',
      'escapeLine',
      'escapeToken',
      'formatClassic',
      'formatEcs',
      'fromDocument',
      'judge',
      'parseClassic',
      'parseEcs',
      'readTarget',
      'recorder',
      'redactUrl',
      'secretNames',
      'splitClassic',
      'toDocument',
    ],
    express: ['gatelog'],
    node: ['gatelog'],
  });
});

it('depends on nothing, and on Express only where the app has it', () => {
  expect(manifest).not.toHaveProperty('dependencies');
  expect(manifest).not.toHaveProperty('optionalDependencies');
  expect(manifest).toMatchObject({
    peerDependencies: { express: '^4 || ^5' },
    peerDependenciesMeta: { express: { optional: true } },
  });
});

it('has a door for each adapter', () => {
  expect(Object.keys((manifest as { exports: object }).exports)).toEqual([
    '.',
    './express',
    './node',
    './package.json',
  ]);
});
