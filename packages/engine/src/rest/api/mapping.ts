import { INDEX_PARAMETERS, resolveIndices, resolveOptions } from '../index-expression.ts';
import { requiredObject } from '../read-request.ts';
import { ok, type Answer, type Node, type RestRequest, type Route } from '../route.ts';

const READ = [...INDEX_PARAMETERS, 'local', 'master_timeout'];

export const MAPPING_ROUTES: readonly Route[] = [
  { methods: ['GET'], path: '/_mapping', name: 'Show all mappings', parameters: READ, handler: getMapping },
  { methods: ['GET'], path: '/{index}/_mapping', name: 'Show a mapping', parameters: READ, handler: getMapping },
  {
    methods: ['PUT', 'POST'],
    path: '/{index}/_mapping',
    name: 'Add fields to a mapping',
    parameters: [...INDEX_PARAMETERS, 'timeout', 'master_timeout'],
    handler: putMapping,
  },
];

function getMapping({ path, parameters }: RestRequest, { engine }: Node): Answer {
  const indices = resolveIndices(engine, path['index'], resolveOptions(parameters));
  return ok(Object.fromEntries(indices.map((index) => [index.name, { mappings: index.mapping.toJSON() }])));
}

async function putMapping(request: RestRequest, { engine }: Node): Promise<Answer> {
  const body = requiredObject(request);
  const indices = resolveIndices(engine, request.path['index'], resolveOptions(request.parameters));
  for (const index of indices) await index.putMapping(body);
  return ok({ acknowledged: true });
}
