import { INDEX_PARAMETERS, resolveIndices, resolveOptions } from '../index-expression.ts';
import { showSettings } from '../index-settings.ts';
import { requiredObject } from '../read-request.ts';
import { ok, type Answer, type Node, type RestRequest, type Route } from '../route.ts';

const READ = [...INDEX_PARAMETERS, 'flat_settings', 'local', 'master_timeout'];
const WRITE = [...INDEX_PARAMETERS, 'timeout', 'master_timeout'];

export const SETTINGS_ROUTES: readonly Route[] = [
  { methods: ['GET'], path: '/_settings', name: 'Show all settings', parameters: READ, handler: getSettings },
  { methods: ['GET'], path: '/{index}/_settings', name: 'Show settings', parameters: READ, handler: getSettings },
  {
    methods: ['GET'],
    path: '/{index}/_settings/{name}',
    name: 'Show some settings',
    parameters: READ,
    handler: getSettings,
  },
  { methods: ['PUT'], path: '/{index}/_settings', name: 'Change settings', parameters: WRITE, handler: putSettings },
];

function getSettings({ path, parameters }: RestRequest, { engine }: Node): Answer {
  const names = path['name']?.split(',');
  const shape = { flat: parameters.boolean('flat_settings') ?? false, ...(names && { names }) };
  const indices = resolveIndices(engine, path['index'], resolveOptions(parameters));
  return ok(Object.fromEntries(indices.map((index) => [index.name, { settings: showSettings(index, shape) }])));
}

async function putSettings(request: RestRequest, { engine }: Node): Promise<Answer> {
  const body = requiredObject(request);
  const indices = resolveIndices(engine, request.path['index'], resolveOptions(request.parameters));
  for (const index of indices) await index.putSettings(body);
  return ok({ acknowledged: true });
}
