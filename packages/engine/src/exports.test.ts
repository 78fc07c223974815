import { expect, it } from 'vitest';
import * as door from './index.ts';

it('exports this and nothing by accident', () => {
  expect(Object.keys(door).toSorted()).toEqual([
    'ElasticError',
    'EngineError',
    'describeApi',
    'resetPassword',
    'startEngine',
  ]);
});

it('describes its API by the tables it goes by', () => {
  const { routes, queries, aggregations, fieldTypes } = door.describeApi();
  expect(routes).toContainEqual({ method: 'GET, HEAD', path: '/', name: 'Name and version' });
  expect(routes).toContainEqual({ method: 'GET, POST', path: '/{index}/_search', name: 'Search' });
  expect(queries).toEqual(expect.arrayContaining(['bool', 'match', 'range', 'term']));
  expect(aggregations).toEqual(expect.arrayContaining(['date_histogram', 'terms', 'cardinality']));
  expect(fieldTypes).toEqual(expect.arrayContaining(['keyword', 'date', 'ip', 'text', 'object']));
});
