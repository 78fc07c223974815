import { illegalArgument, unsupported } from '../../errors.ts';
import { healthOf, percentOf, shardCounters } from '../health.ts';
import { INDEX_PARAMETERS, resolveIndices, resolveOptions } from '../index-expression.ts';
import { replicasOf } from '../index-shards.ts';
import { LARGEST_BODY } from '../read-body.ts';
import { ok, type Answer, type Node, type RestRequest, type Route } from '../route.ts';
import { singleNode, WAITING } from '../single-node.ts';
import { VERSION } from '../version.ts';

const HEALTH = [
  ...INDEX_PARAMETERS,
  ...WAITING,
  'level',
  'local',
  'wait_for_status',
  'wait_for_nodes',
  'wait_for_events',
  'wait_for_no_relocating_shards',
  'wait_for_no_initializing_shards',
];

export const CLUSTER_ROUTES: readonly Route[] = [
  { methods: ['GET'], path: '/_cluster/health', name: 'Health', parameters: HEALTH, handler: health },
  {
    methods: ['GET'],
    path: '/_cluster/health/{index}',
    name: 'Health of an index',
    parameters: HEALTH,
    handler: health,
  },
  { methods: ['GET'], path: '/_nodes', name: 'The node', parameters: ['timeout', 'flat_settings'], handler: nodes },
  { methods: ['GET'], path: '/_nodes/http', name: 'The node’s address', parameters: ['timeout'], handler: nodes },
  { methods: ['GET'], path: '/_nodes/_all/http', name: 'The node’s address', parameters: ['timeout'], handler: nodes },
  {
    methods: ['GET'],
    path: '/_license',
    name: 'Licence',
    parameters: ['local', 'accept_enterprise'],
    handler: license,
  },
];

const RANK = { green: 0, yellow: 1, red: 2 };

/** Waits for nothing: on one node nothing changes by itself, so what is not so now is answered as timed out at once. */
function health({ path, parameters }: RestRequest, { engine }: Node): Answer {
  singleNode(parameters);
  const level = parameters.string('level') ?? 'cluster';
  if (level !== 'cluster' && level !== 'indices') throw unsupported(`the health level [${level}]`);
  const options = { ...resolveOptions(parameters), ignoreUnavailable: true };
  const indices = resolveIndices(engine, path['index'], { ...options, expandWildcards: ['all'] });
  const absent = path['index']
    ?.split(',')
    .some((name) => !name.includes('*') && name !== '_all' && engine.index(name) === undefined);
  const damaged = path['index'] === undefined ? engine.damaged.length : 0;
  const state = healthOf(indices, damaged);
  const status = absent === true ? 'red' : state.status;
  const late = absent === true || RANK[status] > RANK[wantedStatus(parameters.string('wait_for_status'))];
  const answer = {
    cluster_name: 'elasticsearch',
    status,
    timed_out: late,
    number_of_nodes: 1,
    number_of_data_nodes: 1,
    ...shardCounters(state),
    delayed_unassigned_shards: 0,
    number_of_pending_tasks: 0,
    number_of_in_flight_fetch: 0,
    task_max_waiting_in_queue_millis: 0,
    active_shards_percent_as_number: percentOf(state),
    ...(level === 'indices' && {
      indices: Object.fromEntries(
        indices.map((index) => {
          const own = healthOf([index]);
          return [
            index.name,
            { status: own.status, number_of_shards: 1, number_of_replicas: replicasOf(index), ...shardCounters(own) },
          ];
        }),
      ),
    }),
  };
  return ok(answer, late ? 408 : 200);
}

function wantedStatus(value = 'red'): keyof typeof RANK {
  const status = value.toLowerCase();
  if (status === 'green' || status === 'yellow' || status === 'red') return status;
  throw illegalArgument(`unknown cluster health status [${value}]`);
}

function nodes(_: RestRequest, { engine, name, address }: Node): Answer {
  const host = address.slice(0, address.lastIndexOf(':'));
  const node = {
    name,
    transport_address: address,
    host,
    ip: host,
    version: VERSION.number,
    build_flavor: VERSION.build_flavor,
    build_type: VERSION.build_type,
    build_hash: VERSION.build_hash,
    roles: ['data', 'ingest', 'master'],
    attributes: {},
    http: { bound_address: [address], publish_address: address, max_content_length_in_bytes: LARGEST_BODY },
  };
  return ok({
    _nodes: { total: 1, successful: 1, failed: 0 },
    cluster_name: 'elasticsearch',
    nodes: { [engine.clusterUuid]: node },
  });
}

/** Clients ask before they use what is not free; here nothing is licensed. */
function license(_: RestRequest, { engine }: Node): Answer {
  return ok({
    license: {
      status: 'active',
      uid: engine.clusterUuid,
      type: 'basic',
      max_nodes: 1,
      max_resource_units: null,
      issued_to: 'elasticsearch',
      issuer: 'elasticsearch',
      start_date_in_millis: -1,
    },
  });
}
