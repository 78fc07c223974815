import type { Token } from '../analysis/token.ts';
import type { ParsedDocument } from '../segment/parsed-document.ts';

/**
 * One field of a mapping, as queries and aggregations see it. Each field type is a file in `types/` that builds these.
 * `storage` says which structure of a segment holds it: `terms` (keyword, ip), `numbers` (numbers, date, boolean),
 * `postings` (text), `none` (object, or a field that is not indexed).
 */
export interface Field {
  /** Full dotted path: `client.ip`, `message.keyword`. */
  readonly name: string;
  /** Elasticsearch's name of the type: `keyword`, `long`, `date` … */
  readonly type: string;
  readonly storage: 'terms' | 'numbers' | 'postings' | 'none';
  /** False for `index: false`: Elasticsearch still searches doc values, slowly; sorting and aggregating go on. */
  readonly indexed: boolean;
  /** How a date is written, where the field is one. */
  readonly format?: string;
  /** A query's value as the bytes of a term of the dictionary. For `terms` storage. @throws ElasticError 400 for a value the type cannot read. */
  termOf(value: unknown): Uint8Array;
  /** A query's value as a number of the column (ms for dates, 0/1 for booleans). For `numbers` storage. @throws ElasticError 400 for a value the type cannot read. */
  numberOf(value: unknown): number;
  /** A term's bytes as they are shown in a bucket key, a sort value or a CSV. */
  showTerm(term: Uint8Array): string;
  /** `key_as_string` of a number, where Elasticsearch gives one (dates, booleans). */
  showNumber(value: number, format?: string): string | undefined;
  /** Terms of a query text, in order, with positions. For `postings` storage. */
  analyze(text: string): readonly Token[];
}

/** The mapping of one index at one point in time. Immutable: a change gives a new one. */
export interface Mapping {
  field(name: string): Field | undefined;
  /** Fields whose names match a pattern with `*`, objects left out, sorted by name. */
  fieldsMatching(pattern: string): readonly Field[];
  /** Merges a `PUT _mapping` body. @throws ElasticError 400 where Elasticsearch refuses the change. */
  merge(body: unknown): Mapping;
  /**
   * Takes a document's source (a parsed JSON object) apart. `mapping` is this one, or a new one that has the fields that dynamic mapping added.
   * @throws ElasticError 400 `document_parsing_exception` as Elasticsearch words it.
   */
  parse(
    source: unknown,
    options?: { readonly id?: string },
  ): { readonly document: ParsedDocument; readonly mapping: Mapping };
  /** The body of `GET _mapping`: `{ properties: … }`, `{}` when there is none. */
  toJSON(): Record<string, unknown>;
}
