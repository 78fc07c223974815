import { ElasticError, illegalArgument, indexNotFound, unsupported } from '../../errors.ts';
import type { Index } from '../../index/engine.ts';
import type { Operation, OperationResult, WriteCondition } from '../../index/operation.ts';
import { checkId, invalidRequest } from '../document-id.ts';
import { writeShards } from '../index-shards.ts';
import type { Parameters } from '../parameters.ts';
import { bodyRequired, refreshWanted } from '../read-request.ts';
import { ok, type Answer, type Node, type RestRequest, type Route } from '../route.ts';
import { singleNode, WAITING } from '../single-node.ts';
import { withoutComments } from '../without-comments.ts';

const WRITE = [...WAITING, 'refresh', 'routing', 'if_seq_no', 'if_primary_term', 'version', 'version_type'];
const INDEX = [...WRITE, 'op_type', 'pipeline', 'require_alias'];
const CREATE = [...WAITING, 'refresh', 'routing', 'version', 'version_type', 'pipeline', 'require_alias'];

export const DOCUMENT_WRITE_ROUTES: readonly Route[] = [
  {
    methods: ['POST'],
    path: '/{index}/_doc',
    name: 'Index a document under a new id',
    parameters: INDEX,
    handler: write,
  },
  { methods: ['PUT', 'POST'], path: '/{index}/_doc/{id}', name: 'Index a document', parameters: INDEX, handler: write },
  {
    methods: ['PUT', 'POST'],
    path: '/{index}/_create/{id}',
    name: 'Create a document',
    parameters: CREATE,
    handler: create,
  },
  { methods: ['DELETE'], path: '/{index}/_doc/{id}', name: 'Delete a document', parameters: WRITE, handler: remove },
];

async function write(request: RestRequest, node: Node): Promise<Answer> {
  const { path, parameters } = request;
  const id = path['id'];
  const kind = parameters.string('op_type')?.toLowerCase() ?? (id === undefined ? 'create' : 'index');
  if (kind !== 'index' && kind !== 'create') {
    throw illegalArgument(`opType must be 'create' or 'index', found: [${kind}]`);
  }
  return save(request, node, kind);
}

function create(request: RestRequest, node: Node): Promise<Answer> {
  return save(request, node, 'create');
}

async function save(request: RestRequest, node: Node, kind: 'index' | 'create'): Promise<Answer> {
  const { path, parameters, body } = request;
  if (body.length === 0) throw bodyRequired();
  const condition = conditionOf(parameters);
  if (kind === 'create' && condition !== undefined) {
    throw invalidRequest('create operations do not support compare and set. use index instead');
  }
  refuseOptions(parameters);
  const id = path['id'];
  checkId(id);
  const refresh = refreshWanted(request);
  const source = withoutComments(body);
  const index = await node.engine.indexOrCreate(path['index']!);
  const operation: Operation = { kind, id, source, routing: parameters.string('routing'), condition };
  return apply(index, operation, refresh);
}

async function remove(request: RestRequest, { engine }: Node): Promise<Answer> {
  const { path, parameters } = request;
  const condition = conditionOf(parameters);
  refuseOptions(parameters);
  const refresh = refreshWanted(request);
  const index = engine.index(path['index']!);
  if (index === undefined) throw indexNotFound(path['index']!);
  return apply(index, { kind: 'delete', id: path['id']!, condition }, refresh);
}

async function apply(index: Index, operation: Operation, refresh: 'true' | 'wait_for' | undefined): Promise<Answer> {
  const [result] = await index.apply([operation]);
  if (result === undefined) throw new Error(`no result for a write to ${index.name}`);
  if (result.error !== undefined) throw result.error;
  if (refresh !== undefined) await index.refresh();
  const answer = ok(
    {
      _index: index.name,
      _id: result.id,
      _version: result.version,
      result: result.result,
      ...(refresh === 'true' && { forced_refresh: true }),
      _shards: writeShards([index]),
      _seq_no: result.sequenceNumber,
      _primary_term: 1,
    },
    STATUS[result.result],
  );
  if (result.result !== 'created') return answer;
  return {
    ...answer,
    headers: { location: `/${encodeURIComponent(index.name)}/_doc/${encodeURIComponent(result.id)}` },
  };
}

/** HTTP's status for what became of a write; also in each item of a bulk answer. */
export const STATUS: Readonly<Record<Exclude<OperationResult, { error: ElasticError }>['result'], number>> = {
  created: 201,
  updated: 200,
  deleted: 200,
  not_found: 404,
};

function conditionOf(parameters: Parameters): WriteCondition | undefined {
  const sequenceNumber = parameters.integer('if_seq_no');
  const primaryTerm = parameters.integer('if_primary_term');
  if (sequenceNumber === undefined && primaryTerm === undefined) return undefined;
  if (primaryTerm === undefined || primaryTerm === 0) throw invalidRequest('ifSeqNo is set, but primary term is [0]');
  if (sequenceNumber === undefined) {
    throw invalidRequest(`ifSeqNo is unassigned, but primary term is [${primaryTerm}]`);
  }
  if (sequenceNumber < 0) throw illegalArgument(`sequence numbers must be non negative. got [${sequenceNumber}].`);
  return { sequenceNumber, primaryTerm };
}

function refuseOptions(parameters: Parameters): void {
  singleNode(parameters);
  const versionType = parameters.string('version_type') ?? 'internal';
  if (versionType !== 'internal') throw unsupported(`version_type [${versionType}]`);
  if (parameters.has('version')) {
    throw invalidRequest(
      'internal versioning can not be used for optimistic concurrency control. Please use `if_seq_no` and `if_primary_term` instead',
    );
  }
  const pipeline = parameters.string('pipeline') ?? '_none';
  if (pipeline !== '_none') throw unsupported(`the ingest pipeline [${pipeline}]`);
  if (parameters.boolean('require_alias') === true) throw unsupported('require_alias');
}
