import { ElasticError, illegalArgument, indexNotFound } from '../../errors.ts';
import { INDEX_PARAMETERS, resolveIndices, resolveOptions } from '../index-expression.ts';
import { showSettings } from '../index-settings.ts';
import { optionalObject } from '../read-request.ts';
import { ok, type Answer, type Node, type RestRequest, type Route } from '../route.ts';
import { singleNode, WAITING } from '../single-node.ts';

export const INDEX_ROUTES: readonly Route[] = [
  {
    methods: ['PUT'],
    path: '/{index}',
    name: 'Create an index',
    parameters: WAITING,
    handler: createIndex,
  },
  {
    methods: ['GET'],
    path: '/{index}',
    name: 'Show an index',
    parameters: [...INDEX_PARAMETERS, 'flat_settings', 'features', 'local', 'master_timeout'],
    handler: getIndex,
  },
  {
    methods: ['HEAD'],
    path: '/{index}',
    name: 'Does an index exist',
    parameters: [...INDEX_PARAMETERS, 'flat_settings', 'local'],
    handler: indexExists,
  },
  {
    methods: ['DELETE'],
    path: '/{index}',
    name: 'Delete an index',
    parameters: [...INDEX_PARAMETERS, 'timeout', 'master_timeout'],
    handler: deleteIndex,
  },
];

async function createIndex(request: RestRequest, { engine }: Node): Promise<Answer> {
  singleNode(request.parameters);
  const body = optionalObject(request);
  const unknown = Object.keys(body ?? {}).find((key) => !['settings', 'mappings', 'aliases'].includes(key));
  if (unknown !== undefined)
    throw new ElasticError(400, 'parse_exception', `unknown key [${unknown}] for create index`);
  const { name } = await engine.createIndex(request.path['index']!, body);
  return ok({ acknowledged: true, shards_acknowledged: true, index: name });
}

function getIndex({ path, parameters }: RestRequest, { engine }: Node): Answer {
  const shape = { flat: parameters.boolean('flat_settings') ?? false };
  const features = parameters.list('features') ?? ['aliases', 'mappings', 'settings'];
  for (const feature of features) {
    if (!['aliases', 'mappings', 'settings'].includes(feature))
      throw illegalArgument(`No feature for name [${feature}]`);
  }
  const shown = resolveIndices(engine, path['index'], resolveOptions(parameters)).map((index) => [
    index.name,
    {
      ...(features.includes('aliases') && { aliases: {} }),
      ...(features.includes('mappings') && { mappings: index.mapping.toJSON() }),
      ...(features.includes('settings') && { settings: showSettings(index, shape) }),
    },
  ]);
  return ok(Object.fromEntries(shown));
}

function indexExists({ path, parameters }: RestRequest, { engine }: Node): Answer {
  const found = resolveIndices(engine, path['index'], resolveOptions(parameters));
  return ok({}, found.length > 0 || path['index']!.includes('*') ? 200 : 404);
}

/** Only by name: a wildcard is refused, as Elasticsearch 8 does by default. */
async function deleteIndex({ path, parameters }: RestRequest, { engine }: Node): Promise<Answer> {
  const expression = path['index']!;
  if (expression.includes('*') || expression.split(',').includes('_all')) {
    throw illegalArgument('Wildcard expressions or all indices are not allowed');
  }
  const exists = (name: string): boolean =>
    engine.index(name) !== undefined || engine.damaged.some((index) => index.name === name);
  const names = expression.split(',');
  const absent = names.find((name) => !exists(name));
  if (absent !== undefined && resolveOptions(parameters).ignoreUnavailable !== true) throw indexNotFound(absent);
  for (const name of names.filter(exists)) await engine.deleteIndex(name);
  return ok({ acknowledged: true });
}
