import type { Directory } from '../directory/directory.ts';
import { ElasticError } from '../errors.ts';
import type { Mapping } from '../mapping/field.ts';
import { readTranslog, translogGeneration, translogName } from '../translog/translog-file.ts';
import type { DocumentStore } from './document-store.ts';
import type { Manifest } from './manifest.ts';
import { type OperationRecord, decodeRecords } from './operation-record.ts';
import { readSource } from './write-preparation.ts';

export interface Replayed {
  readonly mapping: Mapping;
  readonly nextSequenceNumber: number;
  /** The last generation, which writing goes on with. */
  readonly generation: number;
}

/**
 * Repeats from the translog what the segments do not hold yet.
 * @throws ElasticError 500 `translog_corrupted_exception` when a generation is missing or damaged
 */
export function replayTranslog(
  directory: Directory,
  manifest: Manifest,
  store: DocumentStore,
  createMapping: (body?: unknown) => Mapping,
): Replayed {
  let mapping = createMapping(manifest.mapping);
  let nextSequenceNumber = manifest.nextSequenceNumber;
  const generations = generationsFrom(directory, manifest.translogGeneration);
  for (const generation of generations) {
    const content = readTranslog(directory, generation, generation === generations.at(-1));
    for (const payload of content?.payloads ?? []) {
      for (const record of decodeRecords(payload)) {
        if (record.kind === 'mapping') mapping = createMapping(record.mapping);
        else {
          // After a commit between two flushes, segments may hold what the manifest does not say they do.
          if (
            (store.state(record.id)?.sequenceNumber ?? -1) < record.sequenceNumber &&
            record.sequenceNumber >= manifest.nextSequenceNumber
          ) {
            mapping = repeat(record, store, mapping);
          }
          nextSequenceNumber = Math.max(nextSequenceNumber, record.sequenceNumber + 1);
        }
      }
    }
  }
  return { mapping, nextSequenceNumber, generation: generations.at(-1)! };
}

function generationsFrom(directory: Directory, first: number): number[] {
  const found = directory
    .list()
    .map(translogGeneration)
    .filter((generation) => generation !== undefined && generation >= first);
  const generations = (found as number[]).toSorted((a, b) => a - b);
  for (let expected = first; expected <= Math.max(first, generations.at(-1) ?? 0); expected++) {
    if (generations[expected - first] !== expected) {
      throw new ElasticError(
        500,
        'translog_corrupted_exception',
        `translog ${directory.path}/${translogName(expected)} is missing`,
      );
    }
  }
  return generations;
}

function repeat(
  record: Exclude<OperationRecord, { kind: 'mapping' }>,
  store: DocumentStore,
  mapping: Mapping,
): Mapping {
  const { id, version, sequenceNumber } = record;
  if (record.kind === 'delete') {
    store.delete(id, version, sequenceNumber);
    return mapping;
  }
  const { source, routing } = record;
  const parsed = mapping.parse(readSource(source), { id });
  store.index({ id, document: parsed.document, source, sequenceNumber, version, routing }, true);
  return parsed.mapping;
}
