import { ok, type Route } from '../route.ts';
import { VERSION } from '../version.ts';

export const ROOT_ROUTES: readonly Route[] = [
  {
    methods: ['GET', 'HEAD'],
    path: '/',
    name: 'Name and version',
    handler: (_, { name, engine }) =>
      ok({
        name,
        cluster_name: 'elasticsearch',
        cluster_uuid: engine.clusterUuid,
        version: VERSION,
        tagline: 'You Know, for Search',
      }),
  },
];
