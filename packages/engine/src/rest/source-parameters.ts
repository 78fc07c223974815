import type { SourceFilter } from '../search/source.ts';
import type { Parameters } from './parameters.ts';

export const SOURCE_PARAMETERS: readonly string[] = ['_source', '_source_includes', '_source_excludes'];

/** What `_source`, `_source_includes` and `_source_excludes` of a query string ask for. */
export function sourceWanted(parameters: Parameters): SourceFilter {
  const value = parameters.string('_source');
  if (value === 'false') return false;
  const named = value === undefined || value === '' || value === 'true' ? [] : value.split(',');
  return {
    includes: [...named, ...(parameters.list('_source_includes') ?? [])],
    excludes: parameters.list('_source_excludes') ?? [],
  };
}
