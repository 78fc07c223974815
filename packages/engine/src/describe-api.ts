import { BUCKET_TYPES, METRIC_TYPES } from './aggregation/types.ts';
import { FIELD_TYPES } from './mapping/field-types.ts';
import { QUERIES } from './query/queries.ts';
import { ROUTES } from './rest/routes.ts';

/** What the engine answers, for documentation. */
export interface ApiDescription {
  /** `method` names all methods of one API: `GET, HEAD`. */
  readonly routes: readonly { readonly method: string; readonly path: string; readonly name: string }[];
  readonly queries: readonly string[];
  readonly aggregations: readonly string[];
  readonly fieldTypes: readonly string[];
}

/** Read from the tables that the engine itself goes by. */
export function describeApi(): ApiDescription {
  return {
    routes: ROUTES.map(({ methods, path, name }) => ({ method: methods.join(', '), path, name })),
    queries: [...QUERIES.keys()].toSorted(),
    aggregations: [...BUCKET_TYPES.keys(), ...METRIC_TYPES.keys()].toSorted(),
    fieldTypes: [...FIELD_TYPES.keys(), 'alias', 'object'].toSorted(),
  };
}
