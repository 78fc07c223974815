import { doubleText, floatText } from './number-text.ts';

/** A JSON number printed as Java prints a double: `3.0`, `1.699964581446E12`. Not finite: the quoted word, as Elasticsearch does. */
export class Double {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** A JSON number printed as Java prints a float: the fewest digits that give the same float32 (`1.4005797`). For scores. */
export class Float {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** A JSON number beyond 2^53, given by its digits. */
export class Long {
  static readonly MAX: Long = new Long('9223372036854775807');
  static readonly MIN: Long = new Long('-9223372036854775808');
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** UTF-8 JSON that is copied as it is: a stored `_source`. */
export class RawJson {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/**
 * A response as UTF-8 JSON. Knows the four classes above; otherwise writes what JSON.stringify would.
 * `pretty` is Elasticsearch's: two spaces, ` : ` between name and value, a line end at the end.
 */
export function stringify(value: unknown, options: { readonly pretty?: boolean } = {}): Buffer {
  const writer = new Writer();
  writer.write(value);
  const bytes = writer.finish();
  return options.pretty === true ? Buffer.from(`${indent(bytes.toString())}\n`) : bytes;
}

/** Gathers text until raw bytes come, so that a source is copied once and never becomes a string. */
class Writer {
  private text = '';
  private readonly chunks: Uint8Array[] = [];

  finish(): Buffer {
    if (this.chunks.length === 0) return Buffer.from(this.text);
    this.cut();
    return Buffer.concat(this.chunks);
  }

  write(value: unknown): void {
    if (typeof value === 'string') this.text += JSON.stringify(value);
    else if (typeof value !== 'object' || value === null) this.text += JSON.stringify(value) ?? 'null';
    else if (value instanceof Float) this.text += floatText(value.value);
    else if (value instanceof Double) this.text += doubleText(value.value);
    else if (value instanceof Long) this.text += value.text;
    else if (value instanceof RawJson) this.writeRaw(value.bytes);
    else if (Array.isArray(value)) this.writeArray(value);
    else if ('toJSON' in value && typeof value.toJSON === 'function') this.write(value.toJSON());
    else this.writeObject(value);
  }

  private writeRaw(bytes: Uint8Array): void {
    this.cut();
    this.chunks.push(bytes);
  }

  private writeArray(values: readonly unknown[]): void {
    this.text += '[';
    for (let i = 0; i < values.length; i++) {
      if (i > 0) this.text += ',';
      this.write(values[i]);
    }
    this.text += ']';
  }

  private writeObject(value: object): void {
    let separator = '{';
    for (const [name, member] of Object.entries(value)) {
      if (member === undefined) continue;
      this.text += `${separator}${JSON.stringify(name)}:`;
      separator = ',';
      this.write(member);
    }
    this.text += separator === '{' ? '{}' : '}';
  }

  private cut(): void {
    if (this.text !== '') this.chunks.push(Buffer.from(this.text));
    this.text = '';
  }
}

// A string, a run of white space, or one character of structure: whatever is between them is a number or a word.
const TOKEN = /"(?:[^"\\]|\\.)*"|\s+|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Lays JSON text out again without reading its numbers, so that their digits stay. */
function indent(json: string): string {
  let text = '';
  let depth = 0;
  let opened = false;
  const newLine = (): string => `\n${'  '.repeat(depth)}`;
  for (const [token] of json.matchAll(TOKEN)) {
    if (token.trim() === '') continue;
    if (token === '}' || token === ']') {
      depth--;
      text += opened ? ` ${token}` : newLine() + token;
      opened = false;
      continue;
    }
    if (opened) text += newLine();
    opened = token === '{' || token === '[';
    if (opened) depth++;
    if (token === ',') text += token + newLine();
    else text += token === ':' ? ' : ' : token;
  }
  return text;
}
