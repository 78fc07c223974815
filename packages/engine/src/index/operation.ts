import type { ElasticError } from '../errors.ts';

/** One write to one index. `source` is the document's UTF-8 JSON as it was sent. */
export type Operation =
  | {
      readonly kind: 'index' | 'create';
      /** Undefined: the engine makes one (20 characters, time-ordered, URL-safe, as Elasticsearch does). */
      readonly id: string | undefined;
      readonly source: Uint8Array;
      readonly routing?: string | undefined;
      readonly condition?: WriteCondition | undefined;
    }
  | { readonly kind: 'delete'; readonly id: string; readonly condition?: WriteCondition | undefined };

/** `if_seq_no` and `if_primary_term`. */
export interface WriteCondition {
  readonly sequenceNumber: number;
  readonly primaryTerm: number;
}

/** What became of one operation. When the promise that carries it resolves, it is on disk. */
export type OperationResult =
  | {
      readonly id: string;
      readonly result: 'created' | 'updated' | 'deleted' | 'not_found';
      readonly version: number;
      readonly sequenceNumber: number;
      readonly error?: undefined;
    }
  | { readonly id: string; readonly error: ElasticError };

export interface StoredDocument {
  readonly id: string;
  readonly version: number;
  readonly sequenceNumber: number;
  readonly routing: string | undefined;
  readonly source: Uint8Array;
}
