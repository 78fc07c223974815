import { ElasticError } from '../errors.ts';
import { Long } from '../wire/json.ts';

export interface ReadJsonOptions {
  /** Numbers that JavaScript would write with other digits become `Long`, so that they leave as they came. */
  readonly lossless?: boolean;
}

/**
 * JSON as Elasticsearch reads request bodies: comments are allowed, a name twice in one object is not, and an error says where.
 * @throws ElasticError 400 `x_content_parse_exception` or, for a text that ends too early, `x_content_e_o_f_exception`.
 */
export function readJson(text: string, options: ReadJsonOptions = {}): unknown {
  const reader = new Reader(text, options.lossless ?? false);
  const value = reader.value(0);
  reader.end();
  return value;
}

const SPACE = /(?:[ \t\r\n]+|\/\/[^\n]*|\/\*[^]*?\*\/)+/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[\w$]+/y;
const WORDS = new Map<string, unknown>([
  ['null', null],
  ['true', true],
  ['false', false],
]);
const DEEPEST = 1_000;

class Reader {
  private readonly text: string;
  private readonly lossless: boolean;
  private at = 0;

  constructor(text: string, lossless: boolean) {
    this.text = text;
    this.lossless = lossless;
  }

  value(depth: number): unknown {
    if (depth > DEEPEST)
      throw this.failed(`Document nesting depth (${depth}) exceeds the maximum allowed (${DEEPEST})`);
    const first = this.next();
    if (first === '{') return this.object(depth);
    if (first === '[') return this.array(depth);
    if (first === '"') return this.string();
    if (first === '-' || (first >= '0' && first <= '9')) return this.number();
    const word = this.take(WORD);
    if (word !== undefined && WORDS.has(word)) return WORDS.get(word);
    if (word === undefined)
      throw this.unexpected(
        "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
      );
    throw this.failed(
      `Unrecognized token '${word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`,
    );
  }

  end(): void {
    this.take(SPACE);
    if (this.at < this.text.length) throw this.unexpected('expected the end of the body');
  }

  private object(depth: number): Record<string, unknown> {
    const members = new Map<string, unknown>();
    this.at++;
    if (this.next() === '}') this.at++;
    else {
      for (let separator = ','; separator === ','; separator = this.separator('}', 'Object')) {
        if (this.next() !== '"') throw this.unexpected('was expecting double-quote to start field name');
        const name = this.string();
        if (members.has(name)) throw this.failed(`Duplicate field '${name}'`);
        if (this.next() !== ':') throw this.unexpected('was expecting a colon to separate field name and value');
        this.at++;
        members.set(name, this.value(depth + 1));
      }
    }
    // Unlike an assignment, this makes `__proto__` a member like any other.
    return Object.fromEntries(members);
  }

  private array(depth: number): unknown[] {
    const elements: unknown[] = [];
    this.at++;
    if (this.next() === ']') this.at++;
    else {
      for (let separator = ','; separator === ','; separator = this.separator(']', 'Array')) {
        elements.push(this.value(depth + 1));
      }
    }
    return elements;
  }

  private separator(close: string, kind: string): string {
    const found = this.next();
    if (found !== ',' && found !== close) throw this.unexpected(`was expecting comma to separate ${kind} entries`);
    this.at++;
    return found;
  }

  private string(): string {
    const close = closingQuote(this.text, this.at);
    if (close < 0) throw this.endOfFile();
    const literal = this.text.slice(this.at, close + 1);
    try {
      const value = JSON.parse(literal) as string;
      this.at = close + 1;
      return value;
    } catch {
      throw this.failed('Illegal unquoted character or unrecognized escape in a string');
    }
  }

  private number(): unknown {
    const literal = this.take(NUMBER);
    if (literal === undefined) throw this.unexpected('expected a number');
    const value = Number(literal);
    return this.lossless && String(value) !== literal ? new Long(literal) : value;
  }

  /** The next character that is not white space or a comment. */
  private next(): string {
    this.take(SPACE);
    const character = this.text[this.at];
    if (character === undefined) throw this.endOfFile();
    return character;
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private unexpected(expected: string): ElasticError {
    const character = this.text[this.at] ?? '';
    return this.failed(`Unexpected character ('${character}' (code ${character.codePointAt(0)})): ${expected}`);
  }

  private endOfFile(): ElasticError {
    this.at = this.text.length;
    return this.failed('Unexpected end of file', 'e_o_f');
  }

  private failed(message: string, kind = 'parse'): ElasticError {
    const before = this.text.slice(0, this.at).split('\n');
    const place = `[${before.length}:${before.at(-1)!.length + 1}]`;
    return new ElasticError(400, `x_content_${kind}_exception`, `${place} ${message}`, {
      details: { caused_by: { type: `json_${kind}_exception`, reason: message } },
    });
  }
}

/** Where the string that begins at `start` ends; -1 if it does not. */
function closingQuote(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (text[quote - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return quote;
  }
  return -1;
}
