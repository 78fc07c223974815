import { ElasticError, illegalArgument, indexNotFound, unsupported } from '../errors.ts';
import type { Engine, Index } from '../index/engine.ts';
import type { Parameters } from './parameters.ts';
import { matchesWildcard } from './wildcard.ts';

export const INDEX_PARAMETERS: readonly string[] = ['ignore_unavailable', 'allow_no_indices', 'expand_wildcards'];

export interface ResolveOptions {
  readonly ignoreUnavailable?: boolean;
  readonly allowNoIndices?: boolean;
  readonly expandWildcards?: readonly string[];
}

/** What the parameters of a request ask for. */
export function resolveOptions(parameters: Parameters): ResolveOptions {
  const expandWildcards = parameters.list('expand_wildcards') ?? ['open'];
  for (const state of expandWildcards) {
    if (!['open', 'closed', 'hidden', 'none', 'all'].includes(state)) {
      throw illegalArgument(`No valid expand wildcard value [${state}]`);
    }
  }
  return {
    ignoreUnavailable: parameters.boolean('ignore_unavailable') ?? false,
    allowNoIndices: parameters.boolean('allow_no_indices') ?? true,
    expandWildcards,
  };
}

/**
 * The indices that an expression names: `a,b`, `logs-*`, `*,-logs-old*`, `_all`; undefined or empty is all. In the order they are
 * named, those of a wildcard sorted by name.
 * @throws ElasticError 404 `index_not_found_exception`, 400 for a name that no index can have.
 */
export function resolveIndices(engine: Engine, expression: string | undefined, options: ResolveOptions = {}): Index[] {
  const { ignoreUnavailable = false, allowNoIndices = true, expandWildcards = ['open'] } = options;
  const parts = expression === undefined || expression === '' || expression === '_all' ? ['*'] : expression.split(',');
  const visible = engine.indices().filter((index) => isVisible(index, expandWildcards));
  const found = new Map<string, Index>();
  let wildcards = false;
  for (const part of parts) {
    const excluded = part.startsWith('-') && wildcards;
    const pattern = excluded ? part.slice(1) : part;
    if (pattern.includes('*')) {
      wildcards = true;
      const matching = visible.filter((index) => matchesWildcard(pattern, index.name));
      if (!excluded && matching.length === 0 && !allowNoIndices) throw noMatch(part);
      for (const index of matching) change(found, index, excluded);
    } else {
      const index = engine.index(pattern);
      if (index !== undefined) change(found, index, excluded);
      else if (!ignoreUnavailable && !excluded) throw missing(engine, part);
    }
  }
  if (found.size === 0 && !allowNoIndices) throw noMatch(expression ?? '_all');
  return [...found.values()];
}

/** The one index that a write or a read by id names. @throws ElasticError 400 for a wildcard, 404 when it is not there. */
export function resolveIndex(engine: Engine, name: string): Index {
  if (name.includes('*') || name === '_all')
    throw illegalArgument(`index expression [${name}] must name exactly one index`);
  const index = engine.index(name);
  if (index === undefined) throw missing(engine, name);
  return index;
}

function change(found: Map<string, Index>, index: Index, excluded: boolean): void {
  if (excluded) found.delete(index.name);
  else found.set(index.name, index);
}

function isVisible(index: Index, states: readonly string[]): boolean {
  if (states.includes('all')) return true;
  // All of ours are open: none matches `closed` alone.
  return states.includes('open') && (states.includes('hidden') || index.settings['hidden'] !== 'true');
}

/**
 * An answer without the documents of a damaged index would be silently wrong.
 * @throws ElasticError 503 when the expression names one, unless asked to ignore what is unavailable.
 */
export function refuseDamaged(engine: Engine, expression = '*'): void {
  for (const { name, reason } of engine.damaged) {
    const named = expression.split(',').some((part) => part === '_all' || matchesWildcard(part, name));
    if (named) throw damagedIndex(name, reason);
  }
}

function damagedIndex(name: string, reason: string): ElasticError {
  const message = `index [${name}] is damaged: ${reason}; restore it, delete it, or leave it out with ignore_unavailable`;
  return new ElasticError(503, 'no_shard_available_action_exception', message, { details: { index: name } });
}

function missing(engine: Engine, name: string): ElasticError {
  const damaged = engine.damaged.find((index) => index.name === name);
  if (damaged !== undefined) return damagedIndex(name, damaged.reason);
  if (name.startsWith('_')) {
    const reason = `Invalid index name [${name}], must not start with '_'.`;
    return new ElasticError(400, 'invalid_index_name_exception', reason, {
      details: { index_uuid: '_na_', index: name },
    });
  }
  if (name.startsWith('<')) return unsupported(`date math in an index name [${name}]`);
  if (name.includes(':')) return unsupported(`a remote cluster's index [${name}]`);
  return indexNotFound(name);
}

function noMatch(expression: string): ElasticError {
  return new ElasticError(404, 'index_not_found_exception', `no such index [${expression}]`, {
    details: { index_uuid: '_na_', index: expression },
  });
}
