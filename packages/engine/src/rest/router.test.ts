import { describe, expect, it } from 'vitest';
import { ok, type Method, type Route } from './route.ts';
import { createRouter } from './router.ts';
import { ROUTES } from './routes.ts';
import { unsupportedApi } from './unsupported-apis.ts';

const route = (methods: readonly Method[], path: string): Route => ({
  methods,
  path,
  name: path,
  handler: () => ok({}),
});

describe('the router', () => {
  const router = createRouter([
    route(['GET', 'HEAD'], '/'),
    route(['GET'], '/{index}'),
    route(['POST'], '/_bulk'),
    route(['GET'], '/{index}/_doc/{id}'),
    route(['GET'], '/_cat/indices/{index}'),
  ]);

  it.each([
    ['GET', '/', '/', {}],
    ['GET', '/logs', '/{index}', { index: 'logs' }],
    ['GET', '/logs/', '/{index}', { index: 'logs' }],
    ['GET', '/_all', '/{index}', { index: '_all' }],
    ['GET', '/a%2Fb/_doc/c%20d', '/{index}/_doc/{id}', { index: 'a/b', id: 'c d' }],
    ['GET', '/a/_doc/_b', '/{index}/_doc/{id}', { index: 'a', id: '_b' }],
    ['POST', '/_bulk', '/_bulk', {}],
  ])('finds %s %s', (method, path, found, values) => {
    expect(router(method, path)).toMatchObject({ route: { path: found }, path: values });
  });

  it('tells which methods a path has', () => {
    expect(router('PATCH', '/logs')).toEqual({ route: undefined, allowed: ['GET'] });
    expect(router('DELETE', '/_bulk')).toEqual({ route: undefined, allowed: ['POST'] });
    expect(router('GET', '/_msearch')).toEqual({ route: undefined, allowed: [] });
  });

  it('refuses an escape sequence that is none', () => {
    expect(() => router('GET', '/a%zz')).toThrow(expect.objectContaining({ status: 400 }));
  });

  it('takes the whole table', () => {
    expect(() => createRouter(ROUTES)).not.toThrow();
    expect(() => createRouter([...ROUTES, ...ROUTES.slice(0, 1)])).toThrow('there twice');
  });
});

describe('an API that only Elasticsearch has', () => {
  it.each([
    ['/_msearch', '_msearch'],
    ['/logs/_update/1', '_update/1'],
    ['/_cat/shards', '_cat/shards'],
    ['/_search/scroll', '_search/scroll'],
    ['/foo/bar', undefined],
    ['/_nonsense', undefined],
  ])('%s is %s', (path, api) => {
    expect(unsupportedApi(path)).toBe(api);
  });
});
