const QUOTE = 0x22;
const SLASH = 0x2f;
const STAR = 0x2a;
const BACKSLASH = 0x5c;
const NEW_LINE = 0x0a;
const SPACE = 0x20;

/**
 * The same JSON with its comments blanked out; the same bytes when there is none. Elasticsearch reads a document with a comment and
 * gives it back with it in `_source`; blanked out, every other JSON reader can take it too.
 */
export function withoutComments(json: Buffer): Buffer {
  if (!json.includes('//') && !json.includes('/*')) return json;
  const copy = Buffer.from(json);
  for (let at = 0; at < copy.length;) {
    if (copy[at] === QUOTE) at = afterString(copy, at);
    else if (copy[at] === SLASH && copy[at + 1] === SLASH) at = blank(copy, at, endOf(copy, '\n', at));
    else if (copy[at] === SLASH && copy[at + 1] === STAR) at = blank(copy, at, endOf(copy, '*/', at + 2));
    else at++;
  }
  return copy;
}

function afterString(json: Buffer, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at + 1;
}

function endOf(json: Buffer, mark: string, from: number): number {
  const found = json.indexOf(mark, from);
  return found < 0 ? json.length : found + mark.length;
}

/** Line ends stay, so that an error names the right line. */
function blank(json: Buffer, start: number, end: number): number {
  for (let at = start; at < end; at++) if (json[at] !== NEW_LINE) json[at] = SPACE;
  return end;
}
