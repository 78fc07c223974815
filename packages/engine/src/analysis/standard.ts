import type { Token } from './token.ts';
import { lowercase } from './lowercase.ts';
import { LONGEST_TERM, tokensOf } from './tokens-of.ts';
import { WORD } from './word-break.ts';

/**
 * Elasticsearch's `standard` analyzer: Lucene's StandardTokenizer (words by Unicode's annex 29) and lower case.
 * Log lines are ASCII nearly always, and for those the rules fit into one loop over character codes.
 */
export function standard(text: string): Token[] {
  return isAscii(text) ? standardAscii(text) : tokensOf(text, WORD, lowercase);
}

const NEITHER = 0;
const LETTER = 1;
const DIGIT = 2;
const UNDERSCORE = 3;

/** What joins two characters of which kind: annex 29's MidLetter, MidNum, and MidNumLet (both). */
const BETWEEN_LETTERS = new Set([...":.'"].map(codeOf));
const BETWEEN_DIGITS = new Set([...",;.'"].map(codeOf));

const KINDS = Uint8Array.from({ length: 128 }, (_, code) => kindOf(String.fromCharCode(code)));

function standardAscii(text: string): Token[] {
  const tokens: Token[] = [];
  const { length } = text;
  for (let at = 0; at < length; at++) {
    const first = KINDS[text.charCodeAt(at)]!;
    if (first === NEITHER) continue;
    const end = endOfWord(text, at);
    if (first !== UNDERSCORE || /[^_]/.test(text.slice(at, end))) addWord(tokens, text, at, end);
    at = end;
  }
  return tokens;
}

function endOfWord(text: string, start: number): number {
  let at = start + 1;
  let before = KINDS[text.charCodeAt(start)]!;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const kind = KINDS[code]!;
    if (kind === NEITHER && !joins(code, before, text.charCodeAt(at + 1))) break;
    before = kind;
  }
  return at;
}

/** Whether a punctuation mark goes on with the word: the characters on both its sides must be of the same kind. */
function joins(mark: number, before: number, next: number): boolean {
  const after = next < 128 ? KINDS[next] : NEITHER;
  if (before !== after) return false;
  if (before === LETTER) return BETWEEN_LETTERS.has(mark);
  return before === DIGIT && BETWEEN_DIGITS.has(mark);
}

function addWord(tokens: Token[], text: string, start: number, end: number): void {
  for (let from = start; from < end; from += LONGEST_TERM) {
    const to = Math.min(end, from + LONGEST_TERM);
    tokens.push({ term: text.slice(from, to).toLowerCase(), position: tokens.length, start: from, end: to });
  }
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

function kindOf(character: string): number {
  if (/[A-Za-z]/.test(character)) return LETTER;
  if (/\d/.test(character)) return DIGIT;
  return character === '_' ? UNDERSCORE : NEITHER;
}

function codeOf(character: string): number {
  return character.charCodeAt(0);
}
