/** A query in Lucene's syntax, taken apart. `field` is undefined where none is named. */
export type LuceneNode =
  | { readonly kind: 'clauses'; readonly clauses: readonly LuceneClause[]; readonly boost: number }
  /** One or more words; what the analyzer makes of them is combined by the default operator. */
  | { readonly kind: 'words'; readonly field: string | undefined; readonly text: string; readonly boost: number }
  | {
      readonly kind: 'phrase';
      readonly field: string | undefined;
      readonly text: string;
      /** How many places the words may be moved, all together. */
      readonly slop: number;
      readonly boost: number;
    }
  | { readonly kind: 'regexp'; readonly field: string | undefined; readonly pattern: string; readonly boost: number }
  /** Still with its backslashes: which `*` and `?` are meant is seen by them. */
  | { readonly kind: 'wildcard'; readonly field: string | undefined; readonly pattern: string; readonly boost: number }
  | { readonly kind: 'range'; readonly field: string | undefined; readonly range: LuceneRange; readonly boost: number };

export interface LuceneClause {
  readonly occur: 'must' | 'should' | 'must_not';
  readonly node: LuceneNode;
}

export interface LuceneRange {
  /** Undefined: open. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly includeFrom: boolean;
  readonly includeTo: boolean;
}
