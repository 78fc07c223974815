import type { Token } from './token.ts';
import { lowercase } from './lowercase.ts';
import { tokensOf } from './tokens-of.ts';

const LETTERS = /\p{L}+/gu;

/** Runs of letters in lower case. */
export function simple(text: string): Token[] {
  return tokensOf(text, LETTERS, lowercase);
}
