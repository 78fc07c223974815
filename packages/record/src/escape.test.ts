import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { escapeJson, escapeLine, escapeToken, unescapeToken } from './escape.ts';

it.each([
  ['plain text, ümlauts and 日本語 stay', 'plain text, ümlauts and 日本語 stay'],
  ['a\r\nb', 'a\\x0d\\x0ab'],
  ['\u0000\u001b[31m\u007f', '\\x00\\x1b[31m\\x7f'],
  ['\u0085\u009b', '\\x85\\x9b'],
  ['\u2028\u2029', '\\u2028\\u2029'],
  ['\u202eabc\u2066', '\\u202eabc\\u2066'],
  ['\ud800x\udc00', '\\ud800x\\udc00'],
  ['\u{e0041}', '\\u{e0041}'],
  ['\u200b\ufeff', '\\u200b\\ufeff'],
])('makes %j one harmless line', (text, expected) => {
  expect(escapeLine(text)).toBe(expected);
});

it.each([
  ['/a b', '/a\\x20b'],
  ['/a\\x20b', '/a\\\\x20b'],
  ['/a - IP: 6.6.6.6', '/a\\x20-\\x20IP:\\x206.6.6.6'],
  ['/\u00a0\u3000', '/\\xa0\\u3000'],
])('makes %j one word', (text, expected) => {
  expect(escapeToken(text)).toBe(expected);
});

const hostile = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    fc.constantFrom('\\', 'x', ' '),
  ),
});

it('gives back from a token exactly what was put in', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const token = escapeToken(text);
      expect(token).not.toMatch(/[\s\p{Cc}\p{Cf}\p{Cs}]/u);
      expect(unescapeToken(token)).toBe(text);
    }),
  );
});

it('cuts a long token between characters, and only a long one', () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 1, max: 40 }), (text, limit) => {
      const token = escapeToken(text, limit);
      expect(token.length).toBeLessThanOrEqual(limit);
      const whole = escapeToken(text);
      const kept = whole.length <= limit ? whole : token.slice(0, -1);
      expect(token).toBe(whole.length <= limit ? whole : `${kept}…`);
      expect(text.startsWith(unescapeToken(kept))).toBe(true);
    }),
  );
});

it('leaves JSON that parses to the same values, on one line', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const json = escapeJson(JSON.stringify({ text }));
      expect(json).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
      expect(JSON.parse(json)).toEqual({ text });
    }),
  );
});
