import type { Token } from './token.ts';
import { tokensOf } from './tokens-of.ts';

/** White space is what Java's Character.isWhitespace says: no-break spaces are none. */
// eslint-disable-next-line no-control-regex -- Java counts the four separators U+001C … U+001F
const WORD = /[^\t-\r\u001c-\u0020\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+/g;

/** Words between white space, as they are written. */
export function whitespace(text: string): Token[] {
  return tokensOf(text, WORD, (word) => word);
}
