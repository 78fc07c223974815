import { ElasticError, unsupported } from '../../errors.ts';
import type { Index } from '../../index/engine.ts';
import type { StoredDocument } from '../../index/operation.ts';
import { sourceReader } from '../../search/source.ts';
import { invalidRequest } from '../document-id.ts';
import { resolveIndex } from '../index-expression.ts';
import { ok, type Answer, type Node, type RestRequest, type Route } from '../route.ts';
import { SOURCE_PARAMETERS, sourceWanted } from '../source-parameters.ts';

const PARAMETERS = [
  ...SOURCE_PARAMETERS,
  'realtime',
  'refresh',
  'preference',
  'routing',
  'version',
  'version_type',
  'stored_fields',
];

export const DOCUMENT_READ_ROUTES: readonly Route[] = [
  {
    methods: ['GET', 'HEAD'],
    path: '/{index}/_doc/{id}',
    name: 'A document',
    parameters: PARAMETERS,
    handler: getDocument,
  },
  {
    methods: ['GET', 'HEAD'],
    path: '/{index}/_source/{id}',
    name: 'A document’s source',
    parameters: PARAMETERS,
    handler: getSource,
  },
];

async function getDocument(request: RestRequest, node: Node): Promise<Answer> {
  const { index, id, document } = await find(request, node);
  if (document === undefined) return ok({ _index: index.name, _id: id, found: false }, 404);
  return ok({
    _index: index.name,
    _id: id,
    _version: document.version,
    _seq_no: document.sequenceNumber,
    _primary_term: 1,
    ...(document.routing !== undefined && { _routing: document.routing }),
    found: true,
    _source: sourceReader(sourceWanted(request.parameters))(document.source),
  });
}

async function getSource(request: RestRequest, node: Node): Promise<Answer> {
  const { index, id, document } = await find(request, node);
  const source = sourceWanted(request.parameters);
  if (source === false) throw invalidRequest('fetching source can not be disabled');
  if (document === undefined) {
    throw new ElasticError(404, 'resource_not_found_exception', `Document not found [${index.name}]/[${id}]`);
  }
  return ok(sourceReader(source)(document.source));
}

async function find(
  { path, parameters }: RestRequest,
  { engine }: Node,
): Promise<{ index: Index; id: string; document: StoredDocument | undefined }> {
  if (parameters.has('stored_fields')) throw unsupported('[stored_fields]');
  const index = resolveIndex(engine, path['index']!);
  const id = path['id']!;
  if (parameters.boolean('refresh') === true) await index.refresh();
  const document = index.get(id);
  const version = parameters.integer('version');
  if (document !== undefined && version !== undefined && version !== document.version) {
    throw new ElasticError(
      409,
      'version_conflict_engine_exception',
      `[${id}]: version conflict, current version [${document.version}] is different than the one provided [${version}]`,
      { details: { index_uuid: index.uuid, shard: '0', index: index.name } },
    );
  }
  return { index, id, document };
}
