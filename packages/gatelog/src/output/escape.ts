// Control characters (with ESC and the C1 range), format characters (bidirectional overrides, zero-width and tag
// characters), lone surrogates, line and paragraph separators: all that can move a cursor or reorder what is read.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Makes text from a log or a store safe to print: every character that a terminal would act on is written as its
 * escape (`\x1b`, `\u202e`), so that it shows and does nothing. The result is always a single line.
 */
export function escapeForTerminal(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const digits = code.toString(16);
    if (code < 0x100) return `\\x${digits.padStart(2, '0')}`;
    return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\u{${digits}}`;
  });
}

/** Makes JSON safe to print: the same characters as JSON escapes, so that it still parses to the same values. */
export function escapeJson(json: string): string {
  return json.replace(UNSAFE, (character) => {
    if (character === '\n') return character;
    const units = Array.from({ length: character.length }, (_, position) => character.charCodeAt(position));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
  });
}
