import { ElasticError } from '../../errors.ts';
import type { Searcher } from '../../query/query.ts';
import { bodyFromParameters, SEARCH_PARAMETERS } from '../../search/parameters.ts';
import { count, search } from '../../search/search.ts';
import { INDEX_PARAMETERS, refuseDamaged, resolveIndices, resolveOptions } from '../index-expression.ts';
import { readJson } from '../read-json.ts';
import { optionalObject } from '../read-request.ts';
import { ok, type Answer, type Node, type RestRequest, type Route } from '../route.ts';

const SOURCE = ['source', 'source_content_type'];
const SEARCH = [
  ...SEARCH_PARAMETERS,
  ...INDEX_PARAMETERS,
  ...SOURCE,
  'typed_keys',
  'rest_total_hits_as_int',
  'ignore_throttled',
];
const COUNT = [
  ...INDEX_PARAMETERS,
  ...SOURCE,
  'q',
  'df',
  'default_operator',
  'analyzer',
  'analyze_wildcard',
  'lenient',
  'min_score',
  'preference',
  'routing',
];

export const SEARCH_ROUTES: readonly Route[] = [
  { methods: ['GET', 'POST'], path: '/_search', name: 'Search everything', parameters: SEARCH, handler: runSearch },
  { methods: ['GET', 'POST'], path: '/{index}/_search', name: 'Search', parameters: SEARCH, handler: runSearch },
  { methods: ['GET', 'POST'], path: '/_count', name: 'Count everything', parameters: COUNT, handler: runCount },
  { methods: ['GET', 'POST'], path: '/{index}/_count', name: 'Count', parameters: COUNT, handler: runCount },
];

function runSearch(request: RestRequest, node: Node): Answer {
  const { parameters } = request;
  const options = {
    typedKeys: parameters.boolean('typed_keys') ?? false,
    totalHitsAsInteger: parameters.boolean('rest_total_hits_as_int') ?? false,
  };
  return ok(search(searchersOf(request, node), bodyOf(request), options));
}

function runCount(request: RestRequest, node: Node): Answer {
  return ok(count(searchersOf(request, node), bodyOf(request)));
}

function searchersOf({ path, parameters }: RestRequest, { engine }: Node): readonly Searcher[] {
  const options = resolveOptions(parameters);
  if (options.ignoreUnavailable !== true) refuseDamaged(engine, path['index']);
  return resolveIndices(engine, path['index'], options).map((index) => index.searcher());
}

/** The body, or what stands for it in the query string; the other parameters go over it. */
function bodyOf(request: RestRequest): unknown {
  const body = optionalObject(request) ?? sourceParameter(request);
  return bodyFromParameters(Object.fromEntries(request.parameters.entries()), body);
}

/** `source` and `source_content_type`: for clients that cannot send a body with GET. */
function sourceParameter({ parameters }: RestRequest): unknown {
  const source = parameters.string('source');
  if (source === undefined) return undefined;
  if (parameters.string('source_content_type')?.startsWith('application/json') !== true) {
    const reason = 'Validation Failed: 1: source and source_content_type parameters are required;';
    throw new ElasticError(400, 'validation_exception', reason);
  }
  return readJson(source);
}
