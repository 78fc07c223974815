import { describe, expect, it } from 'vitest';
import { RawJson, stringify } from '../wire/json.ts';
import { filterPath } from './filter-path.ts';

const document = {
  a: { b: [{ c: 2, d: 3 }, { c: 5 }], e: {} },
  f: [{ c: 1 }, { d: 1 }],
  g: [1, 2],
  'h.i': 1,
};

// Each answer is what Elasticsearch gave for the same document and filter.
const table: readonly [filter: string, expected: unknown][] = [
  ['a.b.c', { a: { b: [{ c: 2 }, { c: 5 }] } }],
  ['a.b', { a: { b: document.a.b } }],
  ['a.e', { a: { e: {} } }],
  ['f.c', { f: [{ c: 1 }] }],
  ['f.*', { f: document.f }],
  ['**.c', { a: { b: [{ c: 2 }, { c: 5 }] }, f: [{ c: 1 }] }],
  ['a.**.c', { a: { b: [{ c: 2 }, { c: 5 }] } }],
  ['a.*.c', { a: { b: [{ c: 2 }, { c: 5 }] } }],
  ['g', { g: [1, 2] }],
  ['h.i', {}],
  [String.raw`h\.i`, { 'h.i': 1 }],
  ['nope', {}],
  ['-g', { a: document.a, f: document.f, 'h.i': 1 }],
  ['-**.c', { a: { b: [{ d: 3 }], e: {} }, f: [{ d: 1 }], g: [1, 2], 'h.i': 1 }],
  ['-f.c', { ...document, f: [{ d: 1 }] }],
  ['-f.c,-f.d', { a: document.a, g: [1, 2], 'h.i': 1 }],
  ['-a.b,-a.e', { f: document.f, g: [1, 2], 'h.i': 1 }],
  ['-a.e', { ...document, a: { b: document.a.b } }],
  ['a,-a.b', { a: { e: {} } }],
  ['-', document],
];

describe('filter_path', () => {
  it.each(table)('%s leaves what Elasticsearch leaves', (filter, expected) => {
    expect(filterPath(document, filter.split(','))).toEqual(expected);
  });

  it('looks into a stored source and keeps the digits of its numbers', () => {
    const answer = { _source: new RawJson(Buffer.from('{"big":9007199254740993,"price":1.0,"other":1}')) };
    const kept = filterPath(answer, ['_source.big', '_source.price']);
    expect(stringify(kept).toString()).toBe('{"_source":{"big":9007199254740993,"price":1.0}}');
  });

  it('is not slowed down by many wildcards', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 200; i++) deep = { [`${'a'.repeat(50)}`]: deep };
    const hostile = `${'**.'.repeat(60)}x,${'*a'.repeat(60)}b,${'**.a*.'.repeat(60)}x`;
    expect(filterPath(deep, hostile.split(','))).toEqual({});
  });
});
