import { ElasticError, illegalArgument, indexNotFound, unsupported } from '../errors.ts';
import type { Engine, Index } from '../index/engine.ts';
import type { Operation, OperationResult } from '../index/operation.ts';
import type { BulkAction, BulkMetadata } from './bulk-lines.ts';
import { idProblem, invalidRequest } from './document-id.ts';

/** The actions of one bulk request for one index, and where each stands in the request. */
export interface BulkGroup {
  readonly name: string;
  readonly places: number[];
  readonly operations: Operation[];
}

/** One item of the answer: its action and, once applied, its result. */
export interface BulkItem {
  readonly action: BulkMetadata['action'];
  readonly index: string;
  readonly id: string | undefined;
  result: OperationResult | { readonly error: ElasticError } | undefined;
}

export interface BulkDefaults {
  readonly index: string | undefined;
  readonly routing: string | undefined;
}

/** Sorts actions by index; what this engine does not do gets its error at once. @throws ElasticError 400 for what spoils the whole request. */
export function groupActions(
  actions: Iterable<BulkAction>,
  defaults: BulkDefaults,
): { readonly items: BulkItem[]; readonly groups: readonly BulkGroup[] } {
  const items: BulkItem[] = [];
  const groups = new Map<string, BulkGroup>();
  for (const { metadata: action, source } of actions) {
    const name = action.index ?? defaults.index;
    if (name === undefined) throw invalidRequest('index is missing');
    const error = itemError(action);
    const item: BulkItem = { action: action.action, index: name, id: action.id, result: error && { error } };
    items.push(item);
    if (error !== undefined) continue;
    const group = groups.get(name) ?? { name, places: [], operations: [] };
    groups.set(name, group);
    group.places.push(items.length - 1);
    group.operations.push(operationOf(action, source, defaults));
  }
  if (items.length === 0) throw invalidRequest('no requests added');
  return { items, groups: [...groups.values()] };
}

/** Applies the actions of one index. Indices are made as needed, but not to delete from them. */
export async function applyGroup(
  engine: Engine,
  group: BulkGroup,
  items: readonly BulkItem[],
): Promise<Index | undefined> {
  const index = await indexFor(engine, group).catch((error: unknown) => {
    if (!(error instanceof ElasticError)) throw error;
    return error;
  });
  if (index instanceof ElasticError) {
    for (const place of group.places) items[place]!.result = { error: index };
    return undefined;
  }
  const results = await index.apply(group.operations);
  group.places.forEach((place, i) => (items[place]!.result = results[i]));
  return index;
}

async function indexFor(engine: Engine, group: BulkGroup): Promise<Index> {
  if (group.operations.some(({ kind }) => kind !== 'delete')) return engine.indexOrCreate(group.name);
  const index = engine.index(group.name);
  if (index === undefined) throw indexNotFound(group.name);
  return index;
}

function itemError(action: BulkMetadata): ElasticError | undefined {
  const { id } = action;
  if (id === undefined && (action.action === 'delete' || action.action === 'update'))
    throw invalidRequest('id is missing');
  const problem = id === undefined ? undefined : idProblem(id);
  if (problem !== undefined) throw invalidRequest(problem);
  if (action.action === 'update') return unsupported('[update] in a bulk request');
  if (action.unsupported !== undefined) return unsupported(action.unsupported);
  if (id === '') return illegalArgument('if _id is specified it must not be empty');
  return undefined;
}

function operationOf(action: BulkMetadata, source: Buffer | undefined, defaults: BulkDefaults): Operation {
  const { sequenceNumber, primaryTerm } = action;
  const condition =
    sequenceNumber === undefined || primaryTerm === undefined ? undefined : { sequenceNumber, primaryTerm };
  if (condition === undefined && (sequenceNumber ?? primaryTerm) !== undefined) {
    throw invalidRequest('if_seq_no and if_primary_term must be given together');
  }
  if (action.action === 'delete') return { kind: 'delete', id: action.id!, condition };
  if (action.action === 'create' && condition !== undefined) {
    throw invalidRequest('create operations do not support compare and set. use index instead');
  }
  return {
    kind: action.action === 'create' ? 'create' : 'index',
    id: action.id,
    source: source!,
    routing: action.routing ?? defaults.routing,
    condition,
  };
}
