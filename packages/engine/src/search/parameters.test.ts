import { describe, expect, it } from 'vitest';
import { bodyFromParameters } from './parameters.ts';

describe('bodyFromParameters', () => {
  it.each<[Record<string, string>, unknown, unknown]>([
    [{}, undefined, undefined],
    [{}, { size: 1 }, { size: 1 }],
    [
      { size: '2', from: '1' },
      { size: 1, query: {} },
      { size: 2, from: 1, query: {} },
    ],
    [
      { q: 'k:a', df: 'm', default_operator: 'and' },
      undefined,
      { query: { query_string: { query: 'k:a', default_field: 'm', default_operator: 'AND' } } },
    ],
    [{ sort: 'n:desc,t,d:asc,x:updown' }, {}, { sort: [{ n: { order: 'desc' } }, 't', { d: { order: 'asc' } }] }],
    [{ _source: 'false' }, {}, { _source: false }],
    [{ _source: 'a,b' }, {}, { _source: ['a', 'b'] }],
    [{ _source_includes: 'a', _source_excludes: 'b,c' }, {}, { _source: { includes: ['a'], excludes: ['b', 'c'] } }],
    [{ track_total_hits: 'true' }, {}, { track_total_hits: true }],
    [{ track_total_hits: '5' }, {}, { track_total_hits: 5 }],
    [{ version: '' }, {}, { version: true }],
    [{ q: 'a' }, [], []],
  ])('writes %o over %o', (parameters, body, expected) => {
    expect(bodyFromParameters(parameters, body)).toEqual(expected);
  });

  it.each<[Record<string, string>, string]>([
    [{ size: 'abc' }, 'Failed to parse int parameter [size] with value [abc]'],
    [{ track_total_hits: 'xx' }, 'Failed to parse int parameter [track_total_hits] with value [xx]'],
    [{ q: 'a', default_operator: 'xx' }, 'No enum constant org.elasticsearch.index.query.Operator.XX'],
    [{ version: 'maybe' }, 'Failed to parse value [maybe] of [version] as only [true] or [false] are allowed.'],
    [{ scroll: '1m' }, 'the parameter [scroll] is not supported by the embedded engine'],
  ])('refuses %o', (parameters, reason) => {
    expect(() => bodyFromParameters(parameters, {})).toThrow(reason);
  });
});
