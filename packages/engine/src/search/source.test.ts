import { describe, expect, it } from 'vitest';
import { parseSourceFilter, sourceReader } from './source.ts';

const SOURCE = { a: { b: 1, c: [{ d: 2, e: 3 }, 4] }, 'a.x': 5, 'y.z': { w: 6 }, empty: {}, bytes: 7 };

describe('a source filter', () => {
  it.each<[unknown, unknown]>([
    [['a.b'], { a: { b: 1 } }],
    [['a'], { a: SOURCE.a, 'a.x': 5 }],
    [['a.c.d'], { a: { c: [{ d: 2 }] } }],
    [['*.d'], { a: { c: [{ d: 2 }] } }],
    ['b*', { bytes: 7 }],
    [['y.z.w'], { 'y.z': { w: 6 } }],
    [['nothing'], {}],
    [{ excludes: ['a', 'y.*'] }, { empty: {}, bytes: 7 }],
    [{ excludes: ['a.c.e'] }, { ...SOURCE, a: { b: 1, c: [{ d: 2 }, 4] } }],
    [
      { includes: ['a.*'], excludes: ['a.c'] },
      { a: { b: 1 }, 'a.x': 5 },
    ],
  ])('%o leaves what its patterns say', (filter, expected) => {
    expect(sourceReader(parseSourceFilter(filter))(Buffer.from(JSON.stringify(SOURCE)))).toEqual(expected);
  });

  it('takes a pattern of many stars in its stride', () => {
    const source = Buffer.from(JSON.stringify({ ['a'.repeat(5000)]: 1 }));
    expect(sourceReader(parseSourceFilter(`${'*a'.repeat(500)}*b`))(source)).toEqual({});
  });
});
