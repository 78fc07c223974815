import { unsupported } from '../../errors.ts';
import type { Index } from '../../index/engine.ts';
import { applyGroup, groupActions, type BulkItem } from '../bulk-groups.ts';
import { bulkActions } from '../bulk-lines.ts';
import { errorCause } from '../error-body.ts';
import { writeShards } from '../index-shards.ts';
import { bodyRequired, refreshWanted } from '../read-request.ts';
import type { Answer, Node, RestRequest, Route } from '../route.ts';
import { singleNode, WAITING } from '../single-node.ts';
import { STATUS } from './document-write.ts';

const PARAMETERS = [
  ...WAITING,
  'refresh',
  'routing',
  'pipeline',
  'require_alias',
  '_source',
  '_source_includes',
  '_source_excludes',
];

export const BULK_ROUTES: readonly Route[] = [
  { methods: ['POST', 'PUT'], path: '/_bulk', name: 'Many writes', parameters: PARAMETERS, handler: bulk },
  {
    methods: ['POST', 'PUT'],
    path: '/{index}/_bulk',
    name: 'Many writes to an index',
    parameters: PARAMETERS,
    handler: bulk,
  },
];

async function bulk(request: RestRequest, { engine }: Node): Promise<Answer> {
  const started = performance.now();
  const { parameters, path, body } = request;
  if (body.length === 0) throw bodyRequired();
  singleNode(parameters);
  const refresh = refreshWanted(request);
  const pipeline = parameters.string('pipeline') ?? '_none';
  if (pipeline !== '_none') throw unsupported(`the ingest pipeline [${pipeline}]`);
  if (parameters.boolean('require_alias') === true) throw unsupported('require_alias');
  const defaults = { index: path['index'], routing: parameters.string('routing') };
  const { items, groups } = groupActions(bulkActions(body), defaults);
  const applied = await Promise.all(groups.map((group) => applyGroup(engine, group, items)));
  const indices = applied.filter((index) => index !== undefined);
  if (refresh !== undefined) await Promise.all(indices.map((index) => index.refresh()));
  return {
    status: 200,
    body: { json: write(items, indices, refresh === 'true', Math.round(performance.now() - started)) },
  };
}

/** As text at once: five thousand items of eight members each are slower to build as objects than the writes they tell of. */
function write(items: readonly BulkItem[], indices: readonly Index[], refreshed: boolean, took: number): string {
  const tails = new Map(indices.map((index) => [index.name, tailOf(index, refreshed)]));
  let text = '';
  let errors = false;
  for (const { action, index, id, result } of items) {
    if (result === undefined) throw new Error(`no result for a write to ${index}`);
    text += `${text === '' ? '' : ','}{"${action}":{"_index":${JSON.stringify(index)},`;
    if (result.error === undefined) {
      text += `"_id":${JSON.stringify(result.id)},"_version":${result.version},"result":"${result.result}",${tails.get(index)}`;
      text += `"_seq_no":${result.sequenceNumber},"_primary_term":1,"status":${STATUS[result.result]}}}`;
    } else {
      errors = true;
      const { error } = result;
      const shown = id ?? ('id' in result ? result.id : null);
      text += `"_id":${JSON.stringify(shown)},"status":${error.status},"error":${JSON.stringify(errorCause(error))}}}`;
    }
  }
  return `{"errors":${errors},"took":${took},"items":[${text}]}`;
}

function tailOf(index: Index, refreshed: boolean): string {
  return `${refreshed ? '"forced_refresh":true,' : ''}"_shards":${JSON.stringify(writeShards([index]))},`;
}
