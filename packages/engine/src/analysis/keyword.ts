import type { Token } from './token.ts';

/** The whole text as one term; none for the empty text. */
export function keyword(text: string): Token[] {
  return text === '' ? [] : [{ term: text, position: 0, start: 0, end: text.length }];
}
