import { dateFormat } from './date-format.ts';
import { type Definition, isRecord } from './definition.ts';
import {
  DEEPEST_JSON,
  DEEPEST_OBJECT,
  documentError,
  objectTooDeep,
  strictMapping,
  tooDeep,
} from './document-error.ts';
import { typeChange } from './merge-objects.ts';
import { type Dynamic, type RootOptions, child } from './tree.ts';
import { illegalArgument } from '../errors.ts';
import { asText } from '../wire/as-text.ts';

/** The fields a document has and its mapping has not, as a mapping body would declare them, by path. */
export class DynamicFields {
  private readonly found = new Map<string, Definition>();
  private readonly options: RootOptions;

  constructor(options: RootOptions) {
    this.options = options;
  }

  get isEmpty(): boolean {
    return this.found.size === 0;
  }

  /**
   * Takes in the value of a field that the mapping does not have, with all that is inside.
   * @param path of the object around it
   * @throws ElasticError 400 when the mapping is strict, or when the document contradicts itself
   */
  add(path: string, name: string, value: unknown, dynamic: Dynamic): void {
    if (value === null || value === undefined) return;
    if (dynamic === 'strict') throw strictMapping(name, path);
    checkName(name);
    this.grow(child(path, name), value, 0);
  }

  /** `{ properties: … }` with all that was added. Names are dotted; reading them makes the objects. */
  toBody(): Definition {
    return { properties: Object.fromEntries(this.found) };
  }

  private grow(path: string, value: unknown, depth: number): void {
    if (value === null) return;
    if (depth > DEEPEST_JSON) throw tooDeep();
    if (Array.isArray(value)) {
      for (const one of value) this.grow(path, one, depth + 1);
    } else if (isRecord(value)) {
      if (path.split('.').length > DEEPEST_OBJECT) throw objectTooDeep(path);
      this.note(path, OBJECT);
      for (const [name, inside] of Object.entries(value)) {
        checkName(name);
        this.grow(child(path, name), inside, depth + 1);
      }
    } else this.note(path, definitionFor(value, this.options));
  }

  private note(path: string, definition: Definition): void {
    const before = this.found.get(path);
    if (before === undefined) {
      this.found.set(path, definition);
      return;
    }
    const [from, to] = [asText(before['type']), asText(definition['type'])];
    if (from === to) return;
    if (from !== 'object' && to !== 'object') throw typeChange(path, from, to);
    throw illegalArgument(`can't merge a non object mapping [${path}] with an object mapping`);
  }
}

const OBJECT: Definition = { type: 'object', properties: {} };
const LONG: Definition = { type: 'long' };
const FLOAT: Definition = { type: 'float' };
const BOOLEAN: Definition = { type: 'boolean' };
const DATE: Definition = { type: 'date' };
const TEXT: Definition = { type: 'text', fields: { keyword: { type: 'keyword', ignore_above: 256 } } };

/** https://www.elastic.co/guide/en/elasticsearch/reference/8.11/dynamic-field-mapping.html */
function definitionFor(value: unknown, options: RootOptions): Definition {
  if (typeof value === 'boolean') return BOOLEAN;
  if (typeof value === 'number') return Number.isInteger(value) ? LONG : FLOAT;
  const text = asText(value);
  if (options.numericDetection && /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) {
    return /^[+-]?\d+$/.test(text) ? LONG : FLOAT;
  }
  return (options.dateDetection && dateFor(text, options)) || TEXT;
}

/** Only what has a date's punctuation is tried: `2023` alone is no date. */
function dateFor(text: string, { dateFormats }: RootOptions): Definition | undefined {
  if (!/^[-+]?\d+[-/:.]/.test(text)) return undefined;
  const format = dateFormats.find((one) => dateFormat(one).parse(text) !== undefined);
  if (format === undefined) return undefined;
  return format === 'strict_date_optional_time' ? DATE : { type: 'date', format };
}

export function checkName(name: string): void {
  if (name === '') throw named('field name cannot be an empty string');
  if (name.trim() === '') throw documentError(`Field name cannot contain only whitespace: [${name}]`);
  if (
    name.includes('.') &&
    name
      .replace(/\.$/, '')
      .split('.')
      .some((part) => part.trim() === '')
  ) {
    throw named(`field name cannot contain only whitespace: ['${name}']`);
  }
}

function named(reason: string): Error {
  return documentError(`failed to parse: ${reason}`, illegalArgument(reason));
}
