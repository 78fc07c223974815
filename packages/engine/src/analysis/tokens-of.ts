import type { Token } from './token.ts';

/** Lucene's limit: what is longer is cut into terms of this length (StandardAnalyzer.DEFAULT_MAX_TOKEN_LENGTH). */
export const LONGEST_TERM = 255;

/** A token for each match of a global pattern. */
export function tokensOf(text: string, pattern: RegExp, filter: (term: string) => string): Token[] {
  const tokens: Token[] = [];
  for (const { 0: match, index } of text.matchAll(pattern)) {
    for (let at = 0; at < match.length; at += LONGEST_TERM) {
      const part = match.slice(at, at + LONGEST_TERM);
      const start = index + at;
      tokens.push({ term: filter(part), position: tokens.length, start, end: start + part.length });
    }
  }
  return tokens;
}
