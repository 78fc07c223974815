const BYTES = /(?:\\x[0-9a-fA-F]{2})+/g;

/**
 * Undoes what nginx and Apache escape in a quoted field: `\"`, `\\`, and bytes as `\x22`. Bytes that are no UTF-8, or
 * control characters, stay as they are written: nothing that acts on a terminal comes out of a log.
 */
export function unescapeField(text: string): string {
  if (!text.includes('\\')) return text;
  // Split at escaped backslashes first, so that `\\x22` is a backslash and `x22`.
  return text
    .split('\\\\')
    .map((part) => part.replaceAll('\\"', '"').replace(BYTES, decodeBytes))
    .join('\\');
}

function decodeBytes(escaped: string): string {
  const bytes = Buffer.from(escaped.replaceAll('\\x', ''), 'hex');
  const decoded = bytes.toString('utf8');
  return /[\p{Cc}\uFFFD]/u.test(decoded) ? escaped : decoded;
}
