import type { Token } from '../mapping/field.ts';
import { tokensOf } from './tokens-of.ts';

const WORD = /[^\s\u0085]+/g;

/** Words between white space, as they are written. */
export function whitespace(text: string): Token[] {
  return tokensOf(text, WORD, (word) => word);
}
