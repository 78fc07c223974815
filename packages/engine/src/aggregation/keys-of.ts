import type { BoundField } from './bound-field.ts';
import type { KeySource } from './key-source.ts';
import { NumberKeys } from './number-keys.ts';
import { missingNumber } from './source-field.ts';
import { TermKeys } from './term-keys.ts';

export interface KeyOptions {
  /** What stands in for the value of a document that has none. */
  readonly missing?: unknown;
  readonly format?: string | undefined;
  readonly acceptsTerm?: ((term: string) => boolean) | undefined;
  readonly acceptsNumber?: ((value: number) => boolean) | undefined;
}

/** The keys of a field; a field that no index has is taken for a keyword unless a number stands in for it. */
export function keysOf(bound: BoundField, options: KeyOptions): KeySource {
  const { missing } = options;
  const numeric = bound.storage === 'numbers' || (bound.storage === 'unmapped' && typeof missing === 'number');
  return numeric
    ? new NumberKeys(bound, missingNumber(bound, missing), options.acceptsNumber, options.format)
    : new TermKeys(bound, missing, options.acceptsTerm);
}
