import { illegalArgument, unsupported } from '../errors.ts';

/** Elasticsearch's `index.max_regex_length`. It bounds the recursion here too. */
const LONGEST = 1000;
/** Beyond this Lucene too refuses to build the automaton. */
const MOST_STATES = 10_000;

/**
 * A test for whole terms against a regular expression in Lucene's syntax, without its operators `~ & @ # < >`.
 * All ways through the expression are followed at once (Thompson's construction), so a hostile one costs time in proportion to its
 * length, where JavaScript's own would go back and forth for ever.
 * https://www.elastic.co/guide/en/elasticsearch/reference/8.11/regexp-syntax.html
 * @throws ElasticError 400
 */
export function compileRegexp(pattern: string): (term: string) => boolean {
  if (pattern.length > LONGEST) {
    throw illegalArgument(`The length of regex [${pattern.length}] has exceeded the allowed maximum of [${LONGEST}].`);
  }
  const states: State[] = [];
  const start = build(states, new Parser(pattern).parse(), add(states, { kind: 'match' }));
  const marks = new Uint32Array(states.length);
  let mark = 0;
  return (term) => {
    let current = follow(states, [start], marks, ++mark);
    for (const character of term) {
      const code = character.codePointAt(0)!;
      const next: number[] = [];
      for (const state of current) {
        const { kind, test, next: after } = states[state]! as Step;
        if (kind === 'step' && test(code)) next.push(after);
      }
      if (next.length === 0) return false;
      current = follow(states, next, marks, ++mark);
    }
    return current.some((state) => states[state]!.kind === 'match');
  };
}

type Step = { readonly kind: 'step'; readonly test: (code: number) => boolean; readonly next: number };
type State = Step | { readonly kind: 'match' } | { readonly kind: 'split'; readonly ways: number[] };

type Node =
  | { readonly kind: 'character'; readonly test: (code: number) => boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'choice'; readonly parts: readonly Node[] }
  | { readonly kind: 'repeat'; readonly part: Node; readonly least: number; readonly most: number };

/** All states reached without reading a character. */
function follow(states: readonly State[], from: readonly number[], marks: Uint32Array, mark: number): number[] {
  const reached: number[] = [];
  const open = [...from];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (marks[state] === mark) continue;
    marks[state] = mark;
    const found = states[state]!;
    if (found.kind === 'split') open.push(...found.ways);
    else reached.push(state);
  }
  return reached;
}

function add(states: State[], state: State): number {
  if (states.length >= MOST_STATES)
    throw illegalArgument(`the regular expression needs more than ${MOST_STATES} states`);
  return states.push(state) - 1;
}

/** Makes the states of a node, which lead on to `next`. Gives the first of them. */
function build(states: State[], node: Node, next: number): number {
  if (node.kind === 'character') return add(states, { kind: 'step', test: node.test, next });
  if (node.kind === 'sequence') return node.parts.reduceRight((after, part) => build(states, part, after), next);
  if (node.kind === 'choice') {
    return add(states, { kind: 'split', ways: node.parts.map((part) => build(states, part, next)) });
  }
  let after = next;
  if (node.most === Infinity) {
    const ways = [next];
    after = add(states, { kind: 'split', ways });
    ways.push(build(states, node.part, after));
  } else {
    for (let i = node.least; i < node.most; i++) {
      after = add(states, { kind: 'split', ways: [next, build(states, node.part, after)] });
    }
  }
  for (let i = 0; i < node.least; i++) after = build(states, node.part, after);
  return after;
}

const DEEPEST = 200;

/** Recursive descent over the code points of the expression. */
class Parser {
  private readonly characters: readonly string[];
  private readonly pattern: string;
  private at = 0;
  private depth = 0;

  constructor(pattern: string) {
    this.pattern = pattern;
    this.characters = [...pattern];
  }

  parse(): Node {
    const node = this.choice();
    if (this.at < this.characters.length) throw this.wrong(`unexpected [${this.characters[this.at]}]`);
    return node;
  }

  private choice(): Node {
    const parts = [this.sequence()];
    while (this.take('|')) parts.push(this.sequence());
    return parts.length === 1 ? parts[0]! : { kind: 'choice', parts };
  }

  private sequence(): Node {
    const parts: Node[] = [];
    while (this.at < this.characters.length && !'|)'.includes(this.characters[this.at]!)) parts.push(this.repeated());
    return { kind: 'sequence', parts };
  }

  private repeated(): Node {
    let part = this.single();
    for (;;) {
      if (this.take('*')) part = { kind: 'repeat', part, least: 0, most: Infinity };
      else if (this.take('+')) part = { kind: 'repeat', part, least: 1, most: Infinity };
      else if (this.take('?')) part = { kind: 'repeat', part, least: 0, most: 1 };
      else if (this.take('{')) part = { kind: 'repeat', part, ...this.bounds() };
      else return part;
    }
  }

  private bounds(): { least: number; most: number } {
    const least = this.integer();
    const most = this.take(',') ? (this.characters[this.at] === '}' ? Infinity : this.integer()) : least;
    if (!this.take('}') || most < least || least > MOST_STATES) throw this.wrong('wrong repetition');
    return { least, most };
  }

  private integer(): number {
    let digits = '';
    while (/^\d$/.test(this.characters[this.at] ?? '')) digits += this.characters[this.at++];
    if (digits === '') throw this.wrong('integer expected');
    return Number(digits);
  }

  private single(): Node {
    const character = this.characters[this.at++]!;
    if (character === '(') return this.group();
    if (character === '[') return { kind: 'character', test: this.characterClass() };
    if (character === '.') return { kind: 'character', test: () => true };
    if (character === '"') return this.quoted();
    if ('~&@#<>'.includes(character))
      throw unsupported(`the operator [${character}] of the regular expression [${this.pattern}]`);
    if ('*+?{'.includes(character)) throw this.wrong(`unexpected [${character}]`);
    return literal(character === '\\' ? this.escaped() : character);
  }

  private group(): Node {
    if (++this.depth > DEEPEST) throw this.wrong('too many groups inside each other');
    const node = this.choice();
    this.depth--;
    if (!this.take(')')) throw this.wrong('expected [)]');
    return node;
  }

  private quoted(): Node {
    const end = this.characters.indexOf('"', this.at);
    if (end < 0) throw this.wrong('expected ["]');
    const parts = this.characters.slice(this.at, end).map(literal);
    this.at = end + 1;
    return { kind: 'sequence', parts };
  }

  private characterClass(): (code: number) => boolean {
    const negated = this.take('^');
    const ranges: [number, number][] = [];
    while (!this.take(']')) {
      const from = this.classCharacter();
      const to = this.characters[this.at] === '-' && this.characters[this.at + 1] !== ']' ? this.rangeEnd() : from;
      if (to < from) throw this.wrong('wrong range');
      ranges.push([from, to]);
    }
    return (code) => ranges.some(([from, to]) => code >= from && code <= to) !== negated;
  }

  private rangeEnd(): number {
    this.at++;
    return this.classCharacter();
  }

  private classCharacter(): number {
    const character = this.characters[this.at++];
    if (character === undefined) throw this.wrong('expected []]');
    return (character === '\\' ? this.escaped() : character).codePointAt(0)!;
  }

  private escaped(): string {
    const character = this.characters[this.at++];
    if (character === undefined) throw this.wrong('unexpected end of the expression');
    return character;
  }

  private take(character: string): boolean {
    if (this.characters[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private wrong(what: string): Error {
    return illegalArgument(`${what} at position ${this.at} of the regular expression [${this.pattern}]`);
  }
}

function literal(character: string): Node {
  const wanted = character.codePointAt(0)!;
  return { kind: 'character', test: (code) => code === wanted };
}
