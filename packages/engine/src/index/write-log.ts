import type { ElasticError } from '../errors.ts';
import type { Mapping } from '../mapping/field.ts';
import type { IndexedDocument } from '../segment/builder.ts';
import type { Translog } from '../translog/translog.ts';
import { type DocumentState, findConflict, versionConflict } from './conflict.ts';
import type { DocumentStore } from './document-store.ts';
import type { OperationResult } from './operation.ts';
import { type OperationRecord, encodeRecords } from './operation-record.ts';
import type { PreparedOperation } from './write-preparation.ts';

/**
 * Decides writes, numbers them and makes them durable; only then do they reach the store. Until then they are `in flight`: later writes are
 * decided with them in mind, reads do not see them, and when the translog fails they are as if they had never been.
 */
export class WriteLog {
  /** One more than the last durable write's. */
  durableSequenceNumber: number;
  private readonly translog: Translog;
  private readonly store: DocumentStore;
  private readonly index: { readonly name: string; readonly uuid: string };
  private nextSequenceNumber: number;
  private readonly inFlight = new Map<string, DocumentState>();
  /** The mapping that a replay would have after all that was appended; undefined: write it again. */
  private logged: Mapping | undefined;

  constructor(
    translog: Translog,
    store: DocumentStore,
    index: { readonly name: string; readonly uuid: string },
    start: { readonly nextSequenceNumber: number; readonly mapping: Mapping },
  ) {
    this.translog = translog;
    this.store = store;
    this.index = index;
    this.durableSequenceNumber = this.nextSequenceNumber = start.nextSequenceNumber;
    this.logged = start.mapping;
  }

  /** @param mapping the one the operations were parsed with, or a later one */
  async write(operations: readonly PreparedOperation[], mapping: Mapping): Promise<readonly OperationResult[]> {
    const records: OperationRecord[] = [];
    const changes: Change[] = [];
    const results = operations.map((operation) => this.decide(operation, records, changes));
    await this.append(records, mapping, changes);
    return results;
  }

  /** Makes a change of the mapping durable that no document brought. */
  async writeMapping(mapping: Mapping): Promise<void> {
    await this.append([], mapping, []);
  }

  private async append(
    records: readonly OperationRecord[],
    mapping: Mapping,
    changes: readonly Change[],
  ): Promise<void> {
    const all: OperationRecord[] = this.logged === mapping ? [] : [{ kind: 'mapping', mapping: mapping.toJSON() }];
    this.logged = mapping;
    for (const record of records) all.push(record);
    if (all.length === 0) return;
    const durable = (): void => {
      for (const change of changes) this.carryOut(change);
    };
    const failed = (): void => {
      this.inFlight.clear();
      this.nextSequenceNumber = this.durableSequenceNumber;
      this.logged = undefined;
    };
    await this.translog.append(encodeRecords(all), durable, failed);
  }

  private decide(operation: PreparedOperation, records: OperationRecord[], changes: Change[]): OperationResult {
    const { id, kind } = operation;
    if (kind === 'refused') return { id, error: operation.error };
    const before = kind !== 'delete' && operation.fresh ? undefined : (this.inFlight.get(id) ?? this.store.state(id));
    const conflict = findConflict(id, before, { create: kind === 'create', condition: operation.condition });
    if (conflict !== undefined) return { id, error: this.conflict(conflict) };
    const sequenceNumber = this.nextSequenceNumber++;
    const version = (before?.version ?? 0) + 1;
    const existed = before !== undefined && !before.deleted;
    const after = { version, sequenceNumber, deleted: kind === 'delete' };
    if (kind === 'delete') {
      records.push({ kind, id, sequenceNumber, version });
      changes.push({ id, after, indexed: undefined, existed });
    } else {
      const { source, routing, document } = operation;
      records.push({ kind: 'index', id, sequenceNumber, version, routing, source });
      changes.push({ id, after, indexed: { id, document, source, sequenceNumber, version, routing }, existed });
    }
    // Nobody knows an id that was just made, so nobody can write to it.
    if (kind === 'delete' || !operation.fresh) this.inFlight.set(id, after);
    return { id, result: resultOf(kind, existed), version, sequenceNumber };
  }

  private carryOut({ id, after, indexed, existed }: Change): void {
    if (indexed === undefined) this.store.delete(id, after.version, after.sequenceNumber);
    else this.store.index(indexed, existed);
    if (this.inFlight.get(id) === after) this.inFlight.delete(id);
    this.durableSequenceNumber = after.sequenceNumber + 1;
  }

  private conflict(reason: string): ElasticError {
    return versionConflict(reason, this.index.name, this.index.uuid);
  }
}

/** What a durable write does to the store. */
interface Change {
  readonly id: string;
  readonly after: DocumentState;
  /** Undefined for a delete. */
  readonly indexed: IndexedDocument | undefined;
  readonly existed: boolean;
}

function resultOf(
  kind: 'index' | 'create' | 'delete',
  existed: boolean,
): 'created' | 'updated' | 'deleted' | 'not_found' {
  if (kind === 'delete') return existed ? 'deleted' : 'not_found';
  return existed ? 'updated' : 'created';
}
