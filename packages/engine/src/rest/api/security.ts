import { ok, type Route } from '../route.ts';

const REALM = { name: 'reserved', type: 'reserved' };

export const SECURITY_ROUTES: readonly Route[] = [
  {
    methods: ['GET'],
    path: '/_security/_authenticate',
    name: 'Who am I',
    handler: ({ user }) =>
      ok({
        username: user,
        roles: ['superuser'],
        full_name: null,
        email: null,
        metadata: { _reserved: true },
        enabled: true,
        authentication_realm: REALM,
        lookup_realm: REALM,
        authentication_type: 'realm',
      }),
  },
];
