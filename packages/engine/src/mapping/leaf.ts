import type { Field } from './field.ts';
import type { ParsedField } from '../segment/parsed-document.ts';
import type { Definition } from './definition.ts';

/** A field that documents have values for, as its type made it of its definition. */
export interface Leaf extends Field {
  /** What `GET _mapping` shows, without `fields`. */
  readonly definition: Definition;
  /** Names of parameters of `definition` that a later mapping may change. */
  readonly changeable: readonly string[];
  /**
   * The values of one document, taken in; undefined when nothing of them is stored. Null has been left out.
   * @throws Error whose message Elasticsearch gives as the cause of a `document_parsing_exception`
   */
  read(values: readonly unknown[]): ParsedField | undefined;
}

/** One field type. `build` throws ElasticError 400 for a parameter it does not know. */
export interface FieldType {
  readonly name: string;
  /** Parameters that may stand in the definition beside `type`, `fields` and `meta`. */
  readonly parameters: readonly string[];
  build(name: string, definition: Definition): Leaf;
}

/** What a value is not, in Elasticsearch's words: `For input string: "abc"`. */
export class ValueError extends Error {
  override readonly name = 'ValueError';
}

/** The part of `Field` that a type does not have. Asking for it is a mistake of the caller, who looks at `storage` first. */
export const NOT_TERMS: Pick<Field, 'termOf' | 'showTerm'> = {
  termOf: () => wrongStorage('terms'),
  showTerm: () => wrongStorage('terms'),
};

export const NOT_NUMBERS: Pick<Field, 'numberOf' | 'showNumber'> = {
  numberOf: () => wrongStorage('numbers'),
  showNumber: () => undefined,
};

export const NOT_POSTINGS: Pick<Field, 'analyze'> = { analyze: () => wrongStorage('postings') };

function wrongStorage(storage: string): never {
  throw new TypeError(`this field is not stored as ${storage}`);
}
