// Control characters (C0, DEL, C1), format characters (bidirectional overrides, zero-width, tag characters), lone
// surrogates, line and paragraph separators: whatever ends a line, moves a cursor or reorders what is read.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

// In a token white space too, since it would end the token, and the backslash, so that nothing is written two ways.
const UNSAFE_IN_TOKEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Z}\\]/gu;

const ESCAPE = /\\(?:\\|x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\})/g;

/** Writes unsafe characters as `\x1b`, `\u2028` or `\u{e0001}`: the result is one line and does nothing to a terminal. */
export function escapeLine(text: string): string {
  return text.replace(UNSAFE, escapeCharacter);
}

/**
 * Makes one word of hostile text, so that no ` - IP: 1.2.3.4` can be forged with it. Spaces become `\x20`, a backslash
 * `\\`. A token longer than `limit` characters is cut, never inside an escape, and ends in `…`.
 */
export function escapeToken(text: string, limit: number = Number.POSITIVE_INFINITY): string {
  const token = text.replace(UNSAFE_IN_TOKEN, escapeCharacter);
  if (token.length <= limit) return token;
  let cut = '';
  for (const character of text) {
    const next = character.replace(UNSAFE_IN_TOKEN, escapeCharacter);
    if (cut.length + next.length >= limit) break;
    cut += next;
  }
  return `${cut}…`;
}

/** The text that `escapeToken` was given, unless it was cut. */
export function unescapeToken(token: string): string {
  return token.replace(ESCAPE, (_, byte?: string, unit?: string, point?: string) => {
    const digits = byte ?? unit ?? point;
    if (digits === undefined) return '\\';
    const code = Number.parseInt(digits, 16);
    return code > 0x10ffff ? _ : String.fromCodePoint(code);
  });
}

/** Escapes what JSON leaves alone, as `\u009b`; the text parses to the same values as before. */
export function escapeJson(json: string): string {
  return json.replace(UNSAFE, (character) => {
    let escaped = '';
    for (let index = 0; index < character.length; index += 1) {
      escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
    }
    return escaped;
  });
}

function escapeCharacter(character: string): string {
  if (character === '\\') return '\\\\';
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  if (code < 0x100) return `\\x${digits.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\u{${digits}}`;
}
