import type { Index } from '../../index/engine.ts';
import { INDEX_PARAMETERS, resolveIndices, resolveOptions } from '../index-expression.ts';
import { writeShards } from '../index-shards.ts';
import { ok, type Answer, type Node, type RestRequest, type Route } from '../route.ts';

const FLUSH = [...INDEX_PARAMETERS, 'force', 'wait_if_ongoing'];

export const MAINTENANCE_ROUTES: readonly Route[] = [
  {
    methods: ['GET', 'POST'],
    path: '/_refresh',
    name: 'Make all writes searchable',
    parameters: INDEX_PARAMETERS,
    handler: each((index) => index.refresh()),
  },
  {
    methods: ['GET', 'POST'],
    path: '/{index}/_refresh',
    name: 'Make writes searchable',
    parameters: INDEX_PARAMETERS,
    handler: each((index) => index.refresh()),
  },
  {
    methods: ['GET', 'POST'],
    path: '/_flush',
    name: 'Write everything into segments',
    parameters: FLUSH,
    handler: each((index) => index.flush()),
  },
  {
    methods: ['GET', 'POST'],
    path: '/{index}/_flush',
    name: 'Write an index into segments',
    parameters: FLUSH,
    handler: each((index) => index.flush()),
  },
];

function each(work: (index: Index) => Promise<void>): (request: RestRequest, node: Node) => Promise<Answer> {
  return async ({ path, parameters }, { engine }) => {
    const indices = resolveIndices(engine, path['index'], resolveOptions(parameters));
    await Promise.all(indices.map(work));
    return ok({ _shards: writeShards(indices) });
  };
}
