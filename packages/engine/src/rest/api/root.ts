import { stringify } from '../../wire/json.ts';
import { ok, type Route } from '../route.ts';
import { VERSION } from '../version.ts';

export const ROOT_ROUTES: readonly Route[] = [
  {
    methods: ['GET', 'HEAD'],
    path: '/',
    name: 'Name and version',
    handler: ({ parameters }, { name, engine }) => {
      const value = {
        name,
        cluster_name: 'elasticsearch',
        cluster_uuid: engine.clusterUuid,
        version: VERSION,
        tagline: 'You Know, for Search',
      };
      // People look at this one: as in Elasticsearch it is indented unless told otherwise.
      if (parameters.boolean('pretty') === false) return ok(value);
      return { status: 200, body: { json: stringify(value, { pretty: true }).toString() } };
    },
  },
];
