/** A pattern of `*` (any characters) and `?` (one); a backslash takes the next character as it is. */
export interface WildcardPattern {
  /** What every term that fits begins with. */
  readonly prefix: string;
  readonly fits: (term: string) => boolean;
}

type Piece = { readonly kind: 'any' } | { readonly kind: 'one' } | { readonly kind: 'literal'; readonly text: string };

export function wildcardPattern(pattern: string, caseInsensitive = false): WildcardPattern {
  const fold = (text: string): string => (caseInsensitive ? text.toLowerCase() : text);
  const pieces = piecesOf(fold(pattern));
  const [first] = pieces;
  const prefix = first?.kind === 'literal' && !caseInsensitive ? leading(pieces) : '';
  return { prefix, fits: (term) => fits(Array.from(fold(term)), pieces) };
}

function piecesOf(pattern: string): Piece[] {
  const characters = Array.from(pattern);
  const pieces: Piece[] = [];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i]!;
    if (character === '*') pieces.push({ kind: 'any' });
    else if (character === '?') pieces.push({ kind: 'one' });
    else
      pieces.push({
        kind: 'literal',
        text: character === '\\' && i + 1 < characters.length ? characters[++i]! : character,
      });
  }
  return pieces;
}

function leading(pieces: readonly Piece[]): string {
  const end = pieces.findIndex(({ kind }) => kind !== 'literal');
  return pieces
    .slice(0, end < 0 ? pieces.length : end)
    .map((piece) => (piece.kind === 'literal' ? piece.text : ''))
    .join('');
}

/** Goes back to the last `*` only, so that no pattern takes more than length × length steps, as a regular expression might. */
function fits(characters: readonly string[], pieces: readonly Piece[]): boolean {
  let at = 0;
  let piece = 0;
  let star = -1;
  let retry = 0;
  while (at < characters.length) {
    const wanted = pieces[piece];
    if (wanted?.kind === 'any') {
      star = piece++;
      retry = at;
    } else if (wanted?.kind === 'one' || (wanted?.kind === 'literal' && wanted.text === characters[at])) {
      piece++;
      at++;
    } else if (star >= 0) {
      piece = star + 1;
      at = ++retry;
    } else {
      return false;
    }
  }
  while (pieces[piece]?.kind === 'any') piece++;
  return piece === pieces.length;
}
