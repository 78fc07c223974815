import type { Index } from '../../index/engine.ts';
import { healthOf, type Health } from '../health.ts';
import { INDEX_PARAMETERS, resolveIndices, resolveOptions } from '../index-expression.ts';
import { replicasOf } from '../index-shards.ts';
import type { Answer, Node, RestRequest, Route } from '../route.ts';
import { table, TABLE_PARAMETERS, type Column } from '../table.ts';

const INDICES = [...TABLE_PARAMETERS, ...INDEX_PARAMETERS, 'health', 'pri', 'include_unloaded_segments'];

export const CAT_ROUTES: readonly Route[] = [
  { methods: ['GET'], path: '/_cat/indices', name: 'Table of indices', parameters: INDICES, handler: indices },
  {
    methods: ['GET'],
    path: '/_cat/indices/{index}',
    name: 'Table of some indices',
    parameters: INDICES,
    handler: indices,
  },
  {
    methods: ['GET'],
    path: '/_cat/health',
    name: 'Health in a line',
    parameters: [...TABLE_PARAMETERS, 'ts'],
    handler: health,
  },
  { methods: ['GET'], path: '/_cat/count', name: 'Number of documents', parameters: TABLE_PARAMETERS, handler: count },
  {
    methods: ['GET'],
    path: '/_cat/count/{index}',
    name: 'Number of documents of an index',
    parameters: TABLE_PARAMETERS,
    handler: count,
  },
];

const bytes = (index: Index): { bytes: number } => ({ bytes: index.statistics().bytes });

const INDEX_COLUMNS: readonly Column<Index>[] = [
  { name: 'health', aliases: ['h'], description: 'current health status', value: (index) => healthOf([index]).status },
  { name: 'status', aliases: ['s'], description: 'open/close status', value: () => 'open' },
  { name: 'index', aliases: ['i', 'idx'], description: 'index name', value: (index) => index.name },
  { name: 'uuid', aliases: ['id'], description: 'index uuid', value: (index) => index.uuid },
  {
    name: 'pri',
    aliases: ['p', 'shards.primary'],
    description: 'number of primary shards',
    right: true,
    value: () => 1,
  },
  {
    name: 'rep',
    aliases: ['r', 'shards.replica'],
    description: 'number of replica shards',
    right: true,
    value: replicasOf,
  },
  {
    name: 'docs.count',
    aliases: ['dc', 'docsCount'],
    description: 'available docs',
    right: true,
    value: (index) => index.statistics().documents,
  },
  {
    name: 'docs.deleted',
    aliases: ['dd', 'docsDeleted'],
    description: 'deleted docs',
    right: true,
    value: (index) => index.statistics().deleted,
  },
  {
    name: 'creation.date',
    aliases: ['cd'],
    description: 'index creation date (millisecond value)',
    right: true,
    default: false,
    value: (index) => index.createdAt,
  },
  {
    name: 'creation.date.string',
    aliases: ['cds'],
    description: 'index creation date (as string)',
    right: true,
    default: false,
    value: (index) => new Date(index.createdAt).toISOString(),
  },
  { name: 'store.size', aliases: ['ss', 'storeSize'], description: 'size of all copies', right: true, value: bytes },
  { name: 'pri.store.size', aliases: [], description: 'store size of primaries', right: true, value: bytes },
  { name: 'dataset.size', aliases: [], description: 'total size of dataset', right: true, value: bytes },
];

function indices(request: RestRequest, { engine }: Node): Answer {
  const { path, parameters } = request;
  const wanted = parameters.string('health');
  const all = resolveIndices(engine, path['index'], resolveOptions(parameters));
  return table(
    request,
    INDEX_COLUMNS,
    wanted === undefined ? all : all.filter((index) => healthOf([index]).status === wanted),
  );
}

const CLOCK_COLUMNS: readonly Column<unknown>[] = [
  {
    name: 'epoch',
    aliases: ['t', 'time'],
    description: 'seconds since 1970-01-01 00:00:00',
    right: false,
    value: () => Math.floor(Date.now() / 1000),
  },
  {
    name: 'timestamp',
    aliases: ['ts', 'hms'],
    description: 'time in HH:MM:SS',
    value: () => new Date().toISOString().slice(11, 19),
  },
];

const HEALTH_COLUMNS: readonly Column<Health>[] = [
  ...CLOCK_COLUMNS,
  { name: 'cluster', aliases: ['cl'], description: 'cluster name', value: () => 'elasticsearch' },
  { name: 'status', aliases: ['st'], description: 'health status', value: (state) => state.status },
  ...counter('node.total', 'nt', 'total number of nodes', () => 1),
  ...counter('node.data', 'nd', 'number of nodes that can store data', () => 1),
  ...counter('shards', 't', 'total number of shards', (state) => state.active),
  ...counter('pri', 'p', 'number of primary shards', (state) => state.active),
  ...counter('relo', 'r', 'number of relocating nodes', () => 0),
  ...counter('init', 'i', 'number of initializing nodes', () => 0),
  ...counter('unassign', 'u', 'number of unassigned shards', (state) => state.unassigned),
  ...counter('unassign.pri', 'up', 'number of unassigned primary shards', (state) => state.damaged),
  ...counter('pending_tasks', 'pt', 'number of pending tasks', () => 0),
  ...counter('max_task_wait_time', 'mtwt', 'wait time of longest task pending', () => '-'),
  ...counter(
    'active_shards_percent',
    'asp',
    'active number of shards in percent',
    (state) => `${state.percent.toFixed(1)}%`,
  ),
];

function counter(
  name: string,
  alias: string,
  description: string,
  value: (state: Health) => number | string,
): readonly Column<Health>[] {
  return [{ name, aliases: [alias], description, right: true, value }];
}

function health(request: RestRequest, { engine }: Node): Answer {
  return table(request, HEALTH_COLUMNS, [healthOf(engine.indices(), engine.damaged.length)]);
}

const COUNT_COLUMNS: readonly Column<number>[] = [
  ...CLOCK_COLUMNS,
  { name: 'count', aliases: ['dc', 'docs.count'], description: 'the document count', value: (documents) => documents },
];

function count(request: RestRequest, { engine }: Node): Answer {
  const documents = resolveIndices(engine, request.path['index']).reduce(
    (sum, index) => sum + index.statistics().documents,
    0,
  );
  return table(request, COUNT_COLUMNS, [documents]);
}
