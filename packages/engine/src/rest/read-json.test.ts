import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ElasticError } from '../errors.ts';
import { stringify } from '../wire/json.ts';
import { readJson } from './read-json.ts';
import { withoutComments } from './without-comments.ts';

describe('a JSON request body', () => {
  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(readJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('may have comments, as in Elasticsearch', () => {
    expect(readJson('{"a": 1, // one\n "b": /* two */ "// no comment" } // end')).toEqual({ a: 1, b: '// no comment' });
  });

  it('keeps a member called __proto__ as a member', () => {
    const value = readJson('{"__proto__":{"polluted":true}}') as object;
    expect(Object.hasOwn(value, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it('keeps the digits of its numbers when asked to', () => {
    const text = '{"a":1.0,"b":12345678901234567890,"c":1e3,"d":-0,"e":7}';
    expect(stringify(readJson(text, { lossless: true })).toString()).toBe(text);
  });

  it.each([
    ['{"query"', 'x_content_e_o_f_exception', '[1:9] Unexpected end of file'],
    ['{"a":"b', 'x_content_e_o_f_exception', 'Unexpected end of file'],
    [
      '{"a":1,}',
      'x_content_parse_exception',
      "[1:8] Unexpected character ('}' (code 125)): was expecting double-quote to start field name",
    ],
    ["{'a':1}", 'x_content_parse_exception', "[1:2] Unexpected character (''' (code 39)): was expecting double-quote"],
    ['xx', 'x_content_parse_exception', "[1:3] Unrecognized token 'xx': was expecting"],
    ['{"a":1\n,"a":2}', 'x_content_parse_exception', "Duplicate field 'a'"],
    ['{"a" 1}', 'x_content_parse_exception', 'was expecting a colon'],
    ['[1 2]', 'x_content_parse_exception', 'was expecting comma to separate Array entries'],
    ['{} {}', 'x_content_parse_exception', 'expected the end of the body'],
    ['["\n"]', 'x_content_parse_exception', 'Illegal unquoted character'],
    ['[.5]', 'x_content_parse_exception', "Unexpected character ('.'"],
    ['['.repeat(2_000), 'x_content_parse_exception', 'exceeds the maximum allowed (1000)'],
  ])('%s is refused with its place', (text, type, reason) => {
    const error = thrownBy(() => readJson(text));
    expect(error).toMatchObject({ status: 400, type });
    expect(error.message).toContain(reason);
  });
});

describe('a document with comments', () => {
  it('is blanked where they stand', () => {
    const json = Buffer.from('{"a":"http://x/*y*/" // c "\n,"b":/* é */"\\"//"}');
    expect(JSON.parse(withoutComments(json).toString())).toEqual({ a: 'http://x/*y*/', b: '"//' });
  });

  it('is the same bytes when it has none', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(withoutComments(Buffer.from(text)).toString()).toBe(text);
      }),
    );
  });
});

function thrownBy(work: () => unknown): ElasticError {
  try {
    work();
  } catch (error) {
    if (error instanceof ElasticError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
