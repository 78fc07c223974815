/** A text that is no query. */
export class LuceneSyntaxError extends Error {
  override readonly name = 'LuceneSyntaxError';
}

export type LuceneToken =
  | { readonly kind: 'and' | 'or' | 'not' | 'plus' | 'minus' | '(' | ')' | ':' | '*' | 'end'; readonly text: string }
  | { readonly kind: 'word' | 'wildcard' | 'quoted' | 'regexp' | 'fuzzy' | 'boost'; readonly text: string }
  | {
      readonly kind: 'range';
      readonly text: string;
      readonly from: string;
      readonly to: string;
      readonly open: string;
      readonly close: string;
    };

const SPACE = /[ \t\n\r\u3000]+/y;
const START = String.raw`(?:\\.|[^ \t\n\r\u3000+\-!():^[\]"{}~*?\\/])`;
const LATER = String.raw`(?:\\.|[^ \t\n\r\u3000!():^[\]"{}~*?\\/])`;
const WORD = new RegExp(`${START}${LATER}*`, 'ys');
const WILDCARD = new RegExp(`(?:${START}|[*?])(?:${LATER}|[*?])*`, 'ys');
const QUOTED = /"((?:\\.|[^"\\])*)"/sy;
const REGEXP = /\/((?:\\.|[^/\\])*)\//sy;
const BOUND = String.raw`(?:"(?:\\.|[^"\\])*"|(?:\\.|[^ \t\n\r\]}])+)`;
const RANGE = new RegExp(String.raw`([[{])\s*(${BOUND})\s+TO\s+(${BOUND})\s*([\]}])`, 'ys');
const BOOST = /\^(\d+(?:\.\d+)?)/y;
const FUZZY = /~(\d*(?:\.\d+)?)/y;
const OPERATORS: Readonly<Record<string, 'and' | 'or' | 'not'>> = {
  AND: 'and',
  '&&': 'and',
  OR: 'or',
  '||': 'or',
  NOT: 'not',
};

/**
 * The tokens of Lucene's classic query parser (QueryParser.jj), the end last.
 * @throws LuceneSyntaxError at what begins no token
 */
export function tokenize(query: string): LuceneToken[] {
  const tokens: LuceneToken[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(query);
    if (match) at += match[0].length;
    return match;
  };
  while (at < query.length) {
    if (!take(SPACE)) tokens.push(nextToken(query, at, take, () => at++));
  }
  return [...tokens, { kind: 'end', text: '' }];
}

function nextToken(
  query: string,
  at: number,
  take: (pattern: RegExp) => RegExpExecArray | null,
  skip: () => void,
): LuceneToken {
  const one = query[at]!;
  if (one === '(' || one === ')' || one === ':' || one === '+' || one === '-' || one === '!') {
    skip();
    const kinds = { '+': 'plus', '-': 'minus', '!': 'not' } as const;
    return { kind: one === '(' || one === ')' || one === ':' ? one : kinds[one], text: one };
  }
  const quoted = take(QUOTED);
  if (quoted) return { kind: 'quoted', text: quoted[1]! };
  const regexp = take(REGEXP);
  if (regexp) return { kind: 'regexp', text: regexp[1]! };
  const range = take(RANGE);
  if (range)
    return { kind: 'range', text: range[0], open: range[1]!, from: range[2]!, to: range[3]!, close: range[4]! };
  const boost = take(BOOST);
  if (boost) return { kind: 'boost', text: boost[1]! };
  const fuzzy = take(FUZZY);
  if (fuzzy) return { kind: 'fuzzy', text: fuzzy[1]! };
  return wordToken(query, at, take);
}

function wordToken(query: string, at: number, take: (pattern: RegExp) => RegExpExecArray | null): LuceneToken {
  WORD.lastIndex = at;
  const word = WORD.exec(query)?.[0] ?? '';
  const longer = take(WILDCARD)?.[0];
  if (longer === undefined) throw new LuceneSyntaxError(`Encountered "${query[at]}" at line 1, column ${at}.`);
  if (longer === '*') return { kind: '*', text: '*' };
  if (longer.length > word.length) return { kind: 'wildcard', text: longer };
  return { kind: OPERATORS[word] ?? 'word', text: word };
}

/** Text without the backslashes that take the next character as it is; `\u0041` is the character of that number. */
export function unescapeLucene(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, code: string | undefined, character: string | undefined) =>
    code === undefined ? character! : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
