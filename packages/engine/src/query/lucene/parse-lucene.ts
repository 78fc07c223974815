import type { LuceneClause, LuceneNode, LuceneRange } from './syntax.ts';
import { LuceneSyntaxError, type LuceneToken, tokenize, unescapeLucene } from './tokens.ts';

type Operator = 'or' | 'and';
type Kind = LuceneToken['kind'];

/** Nobody nests deeper by hand; what comes from elsewhere must not exhaust the stack. */
const DEEPEST = 100;
/** After one of these, the word before stands alone (QueryParserBase.allowedPostMultiTerm). */
const SPLITS: ReadonlySet<Kind> = new Set<Kind>([':', '*', 'fuzzy', 'boost', 'and', 'or']);

/**
 * A text in the syntax of Lucene's classic query parser. An empty one has no clauses.
 * @throws LuceneSyntaxError
 */
export function parseLucene(query: string, operator: Operator): LuceneNode {
  const parser = new Parser(tokenize(query), operator);
  const node = parser.clauses(undefined, 0);
  parser.expect('end');
  return node;
}

class Parser {
  private readonly tokens: readonly LuceneToken[];
  private readonly operator: Operator;
  private at = 0;

  constructor(tokens: readonly LuceneToken[], operator: Operator) {
    this.tokens = tokens;
    this.operator = operator;
  }

  clauses(field: string | undefined, depth: number): LuceneNode {
    if (depth > DEEPEST) throw new LuceneSyntaxError(`it is nested deeper than ${DEEPEST}`);
    const clauses: LuceneClause[] = [];
    while (this.kind() !== 'end' && this.kind() !== ')') {
      const conjunction = clauses.length === 0 ? undefined : this.takeOne('and', 'or');
      const modifier = this.takeOne('plus', 'minus', 'not');
      const node =
        conjunction === undefined && modifier === undefined
          ? (this.words(field) ?? this.clause(field, depth))
          : this.clause(field, depth);
      this.add(clauses, node, conjunction, modifier);
    }
    if (depth > 0 && clauses.length === 0) this.expect('word');
    return { kind: 'clauses', clauses, boost: 1 };
  }

  expect(kind: Kind): void {
    if (this.kind() !== kind)
      throw new LuceneSyntaxError(`Encountered "${this.token().text || '<EOF>'}" where it cannot stand.`);
    if (kind !== 'end') this.at++;
  }

  /** QueryParserBase.addClause: `AND` also binds what stands before it, `OR` frees it. */
  private add(
    clauses: LuceneClause[],
    node: LuceneNode,
    conjunction: Kind | undefined,
    modifier: Kind | undefined,
  ): void {
    const last = clauses.at(-1);
    if (last && last.occur !== 'must_not') {
      if (conjunction === 'and') clauses[clauses.length - 1] = { ...last, occur: 'must' };
      if (conjunction === 'or' && this.operator === 'and') clauses[clauses.length - 1] = { ...last, occur: 'should' };
    }
    const isProhibited = modifier === 'minus' || modifier === 'not';
    const isRequired = this.operator === 'or' ? modifier === 'plus' || conjunction === 'and' : conjunction !== 'or';
    clauses.push({ occur: isProhibited ? 'must_not' : isRequired ? 'must' : 'should', node });
  }

  /** Two or more words with nothing between them are one text for the analyzer. */
  private words(field: string | undefined): LuceneNode | undefined {
    let end = this.at;
    while (this.kind(end) === 'word' && !SPLITS.has(this.kind(end + 1))) end++;
    if (end - this.at < 2) return undefined;
    const text = this.tokens
      .slice(this.at, end)
      .map((token) => unescapeLucene(token.text))
      .join(' ');
    this.at = end;
    return { kind: 'words', field, text, boost: 1 };
  }

  private clause(outer: string | undefined, depth: number): LuceneNode {
    const field = this.field() ?? outer;
    if (this.kind() !== '(') return this.single(field);
    this.at++;
    const node = this.clauses(field, depth + 1);
    this.expect(')');
    return { ...node, boost: this.boost() };
  }

  /** `field:` */
  private field(): string | undefined {
    if (this.kind(this.at + 1) !== ':' || !['word', '*'].includes(this.kind())) return undefined;
    const name = unescapeLucene(this.token().text);
    this.at += 2;
    return name;
  }

  private single(field: string | undefined): LuceneNode {
    const token = this.token();
    this.at++;
    switch (token.kind) {
      case 'word': {
        if (this.takeOne('fuzzy'))
          throw new LuceneSyntaxError('fuzzy terms (~) are not supported by the embedded engine');
        const range = comparison(token.text);
        const boost = this.boost();
        return range
          ? { kind: 'range', field, range, boost }
          : { kind: 'words', field, text: unescapeLucene(token.text), boost };
      }
      case '*':
      case 'wildcard':
        return { kind: 'wildcard', field, pattern: token.text, boost: this.boost() };
      case 'quoted': {
        const slop = this.slop();
        return { kind: 'phrase', field, text: unescapeLucene(token.text), slop, boost: this.boost() };
      }
      case 'range': {
        const range = {
          from: bound(token.from),
          to: bound(token.to),
          includeFrom: token.open === '[',
          includeTo: token.close === ']',
        };
        return { kind: 'range', field, range, boost: this.boost() };
      }
      case 'regexp':
        return { kind: 'regexp', field, pattern: token.text, boost: this.boost() };
      default:
        throw new LuceneSyntaxError(`Encountered "${token.text || '<EOF>'}" where it cannot stand.`);
    }
  }

  /** `~2` behind a phrase; a bare `~` is 2, Lucene's default minimum similarity taken for a number. */
  private slop(): number {
    const { kind, text } = this.token();
    if (kind !== 'fuzzy') return 0;
    this.at++;
    return Math.trunc(Number(text === '' ? 2 : text));
  }

  private boost(): number {
    const token = this.token();
    if (token.kind !== 'boost') return 1;
    this.at++;
    return Number(token.text);
  }

  private takeOne(...kinds: readonly Kind[]): Kind | undefined {
    const kind = this.kind();
    if (!kinds.includes(kind)) return undefined;
    this.at++;
    return kind;
  }

  private token(): LuceneToken {
    return this.tokens[this.at]!;
  }

  private kind(at: number = this.at): Kind {
    return this.tokens[at]?.kind ?? 'end';
  }
}

/** `>=10`: Elasticsearch's short form of a range. */
function comparison(text: string): LuceneRange | undefined {
  const [, sign, value] = /^([<>]=?)(.+)$/s.exec(text) ?? [];
  if (sign === undefined || value === undefined) return undefined;
  const limit = unescapeLucene(value);
  const include = sign.endsWith('=');
  return sign.startsWith('>')
    ? { from: limit, to: undefined, includeFrom: include, includeTo: true }
    : { from: undefined, to: limit, includeFrom: true, includeTo: include };
}

function bound(text: string): string | undefined {
  if (text === '*') return undefined;
  return unescapeLucene(text.startsWith('"') ? text.slice(1, -1) : text);
}
