import { ElasticError } from '../errors.ts';
import type { WriteCondition } from './operation.ts';

/** The last write to an `_id`. */
export interface DocumentState {
  readonly version: number;
  readonly sequenceNumber: number;
  readonly deleted: boolean;
}

/** This engine has one primary for ever. */
export const PRIMARY_TERM = 1;

/**
 * @returns what stands against a write, in Elasticsearch's words (VersionConflictEngineException); undefined when nothing does
 */
export function findConflict(
  id: string,
  current: DocumentState | undefined,
  wanted: { readonly create: boolean; readonly condition: WriteCondition | undefined },
): string | undefined {
  const exists = current !== undefined && !current.deleted;
  if (wanted.condition !== undefined) {
    const { sequenceNumber, primaryTerm } = wanted.condition;
    const required = `required seqNo [${sequenceNumber}], primary term [${primaryTerm}].`;
    if (!exists) return `[${id}]: version conflict, ${required} but no document was found`;
    if (current.sequenceNumber !== sequenceNumber || primaryTerm !== PRIMARY_TERM) {
      return `[${id}]: version conflict, ${required} current document has seqNo [${current.sequenceNumber}] and primary term [${PRIMARY_TERM}]`;
    }
  }
  if (wanted.create && exists)
    return `[${id}]: version conflict, document already exists (current version [${current.version}])`;
  return undefined;
}

/** 409 `version_conflict_engine_exception`. */
export function versionConflict(reason: string, index: string, uuid: string): ElasticError {
  return new ElasticError(409, 'version_conflict_engine_exception', reason, {
    details: { index_uuid: uuid, shard: '0', index },
  });
}
