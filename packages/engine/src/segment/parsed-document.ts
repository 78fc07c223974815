/** A document taken apart by its mapping: what the builder adds, field by field. */
export interface ParsedDocument {
  readonly fields: readonly ParsedField[];
}

export type ParsedField =
  /** keyword: the string itself; ip: 16 characters, one per byte (latin1) and `binary` true. */
  | { readonly storage: 'terms'; readonly name: string; readonly binary: boolean; readonly values: readonly string[] }
  | { readonly storage: 'numbers'; readonly name: string; readonly values: readonly number[] }
  /** `positions[i]` is the position of `terms[i]`; ascending, 100 apart between the values of an array. */
  | {
      readonly storage: 'postings';
      readonly name: string;
      readonly terms: readonly string[];
      readonly positions: readonly number[];
    };
