import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { Double, Float, Long, RawJson, stringify } from './json.ts';

describe('stringify', () => {
  it.each([
    [new Float(1), '1.0'],
    [new Float(Math.fround(1.4005797)), '1.4005797'],
    [new Float(Math.fround(0.21110919)), '0.21110919'],
    [new Double(3), '3.0'],
    [new Double(0), '0.0'],
    [new Double(2.6666666666666665), '2.6666666666666665'],
    [new Double(1699964581446), '1.699964581446E12'],
    [new Double(1.5e-7), '1.5E-7'],
    [new Double(1e7), '1.0E7'],
    [new Double(-0.001), '-0.001'],
    [new Double(Infinity), '"Infinity"'],
    [Long.MAX, '9223372036854775807'],
    [[1, undefined, 'a'], '[1,null,"a"]'],
    [{ a: undefined, b: null }, '{"b":null}'],
    [{}, '{}'],
  ])('writes %o as Elasticsearch does', (value, text) => {
    expect(stringify(value).toString()).toBe(text);
  });

  it('copies raw bytes without reading them', () => {
    const source = Buffer.from('{ "n": 1.0, "é": 12345678901234567890 }');
    expect(stringify({ _source: new RawJson(source), sort: [1] }).toString()).toBe(
      '{"_source":{ "n": 1.0, "é": 12345678901234567890 },"sort":[1]}',
    );
  });

  it('lays out as ?pretty does, raw bytes too', () => {
    const value = { a: [], b: {}, c: [1, { d: 'x:{,}"\\' }], s: new RawJson(Buffer.from('{"n":1.0}')) };
    expect(stringify(value, { pretty: true }).toString()).toBe(
      '{\n  "a" : [ ],\n  "b" : { },\n  "c" : [\n    1,\n    {\n      "d" : "x:{,}\\"\\\\"\n    }\n  ],\n  "s" : {\n    "n" : 1.0\n  }\n}\n',
    );
  });

  it('writes any JSON value so that it reads back the same, pretty or not', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.boolean(), (value, pretty) => {
        expect(JSON.parse(stringify(value, { pretty }).toString())).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('writes doubles and floats so that they read back the same', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(JSON.parse(stringify(new Double(value)).toString())).toBe(value);
        const float = Math.fround(value);
        if (Number.isFinite(float)) {
          expect(Math.fround(JSON.parse(stringify(new Float(float)).toString()) as number)).toBe(float);
        }
      }),
    );
  });
});
