import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRegexp } from './compile-regexp.ts';

describe('a regular expression', () => {
  it.each<[string, string, boolean]>([
    ['a.*', 'abc', true],
    ['a.*', 'ba', false],
    ['b', 'abc', false],
    ['[a-c]{2,3}', 'abc', true],
    ['[a-c]{2,3}', 'a', false],
    ['[^a-c]+', 'xyz', true],
    ['/wp-(login|admin)\\.php', '/wp-admin.php', true],
    ['/wp-(login|admin)\\.php', '/wp-admin-php', false],
    ['"a.b"c?', 'a.bc', true],
    ['.', '😀', true],
    ['a{2,}', 'aaaa', true],
    ['', '', true],
    ['a|', '', true],
  ])('%j on %j gives %j', (pattern, term, expected) => {
    expect(compileRegexp(pattern)(term)).toBe(expected);
  });

  it.each([
    'a{3,1}',
    '(a',
    'a)',
    '[a',
    '*a',
    'a{x}',
    'a\\',
    '~a',
    '('.repeat(500),
    `a${'?'.repeat(5000)}`,
    '((a{100}){100}){100}',
  ])('is refused when it is %j', (pattern) => {
    expect(() => compileRegexp(pattern)).toThrow(expect.objectContaining({ status: 400 }));
  });

  it('takes no longer for an expression that makes others go back and forth', () => {
    const term = 'a'.repeat(5000);
    expect(compileRegexp('(a+)+b')(term)).toBe(false);
    expect(compileRegexp('(a|a)*b')(term)).toBe(false);
  });

  it('agrees with the one of the language where both have the same syntax', () => {
    const pieces = constantFrom('a', 'b', '.', '[ab]', '(a|b)', '(ab|a)', 'a*', 'b+', 'a?', '(a|b){1,2}', '[^a]');
    assert(
      property(
        array(pieces, { maxLength: 6 }),
        array(constantFrom('a', 'b', 'c'), { maxLength: 8 }),
        (pattern, term) => {
          const text = term.join('');
          expect(compileRegexp(pattern.join(''))(text)).toBe(new RegExp(`^(?:${pattern.join('')})$`, 's').test(text));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
