import { ElasticError } from '../errors.ts';
import type { Mapping } from '../mapping/field.ts';
import type { ParsedDocument } from '../segment/parsed-document.ts';
import { Pacer } from '../segment/pacer.ts';
import { checkIdentifier, newIdentifier } from './identifier.ts';
import type { Operation, WriteCondition } from './operation.ts';

/** An operation that was understood, or the reason why not. */
export type PreparedOperation =
  | {
      readonly kind: 'index' | 'create';
      readonly id: string;
      /** The engine made the id, so no document has it. */
      readonly fresh: boolean;
      readonly document: ParsedDocument;
      readonly source: Uint8Array;
      readonly routing: string | undefined;
      readonly condition: WriteCondition | undefined;
    }
  | { readonly kind: 'delete'; readonly id: string; readonly condition: WriteCondition | undefined }
  | { readonly kind: 'refused'; readonly id: string; readonly error: ElasticError };

/**
 * Reads and parses the documents of a request; nothing is decided or changed yet but the mapping.
 * Gives way to other requests every few milliseconds.
 * @param mapping where the index keeps its mapping, which other requests may change meanwhile
 */
export async function prepareOperations(
  operations: readonly Operation[],
  mapping: { mapping: Mapping },
): Promise<readonly PreparedOperation[]> {
  const pacer = new Pacer();
  const prepared: PreparedOperation[] = [];
  for (const operation of operations) {
    prepared.push(prepare(operation, mapping));
    if ((prepared.length & 127) === 0) await pacer.pause();
  }
  return prepared;
}

function prepare(operation: Operation, owner: { mapping: Mapping }): PreparedOperation {
  try {
    const { condition } = operation;
    if (operation.kind === 'delete') return { kind: 'delete', id: checkIdentifier(operation.id), condition };
    const { kind, source, routing } = operation;
    const fresh = operation.id === undefined;
    const id = operation.id === undefined ? newIdentifier() : checkIdentifier(operation.id);
    const { document, mapping } = owner.mapping.parse(readSource(source), { id });
    owner.mapping = mapping;
    return { kind, id, fresh, document, source, routing, condition };
  } catch (error) {
    if (!(error instanceof ElasticError)) throw error;
    return { kind: 'refused', id: operation.id ?? '', error };
  }
}

/** @throws ElasticError 400 `document_parsing_exception` */
export function readSource(source: Uint8Array): unknown {
  const text = Buffer.from(source.buffer, source.byteOffset, source.byteLength).toString('utf8');
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ElasticError(400, 'document_parsing_exception', `[1:1] failed to parse: ${message}`, { cause });
  }
}
