import { ElasticError, parsingError, unsupported } from '../errors.ts';
import type { Query, Searcher } from './query.ts';
import { QUERIES } from './queries.ts';
import type { QueryContext } from './query-parser.ts';

/** Queries of Elasticsearch that this engine does not have. */
const ELSEWHERE = new Set(
  (
    'boosting combined_fields dis_max distance_feature function_score fuzzy geo_bounding_box geo_distance geo_polygon geo_shape ' +
    'has_child has_parent intervals knn match_bool_prefix match_phrase_prefix more_like_this nested parent_id percolate ' +
    'pinned rank_feature script script_score shape simple_query_string span_containing span_first span_multi span_near ' +
    'span_not span_or span_term span_within sparse_vector terms_set text_expansion wrapper'
  ).split(' '),
);
const DEEPEST = 30;

/**
 * A query in Elasticsearch's JSON, bound to an index.
 * @throws ElasticError 400 `parsing_exception` for what is no query, `illegal_argument_exception` for one that is not supported
 */
export function parseQuery(json: unknown, searcher: Searcher): Query {
  return parseInner(json, { searcher, boost: 1, depth: 0, parse: parseInner });
}

function parseInner(json: unknown, context: QueryContext): Query {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw parsingError('[_na] query malformed, must start with start_object');
  }
  const [name, second] = Object.keys(json);
  if (name === undefined)
    throw new ElasticError(400, 'illegal_argument_exception', 'query malformed, empty clause found');
  if (second !== undefined)
    throw parsingError(`[${name}] malformed query, expected [END_OBJECT] but found [FIELD_NAME]`);
  if (context.depth > DEEPEST) {
    throw new ElasticError(
      400,
      'x_content_parse_exception',
      `[1:1] The nested depth of the query exceeds the maximum nested depth for queries set in [indices.query.bool.max_nested_depth]`,
    );
  }
  const parser = QUERIES.get(name);
  if (parser) return parser((json as Record<string, unknown>)[name], { ...context, depth: context.depth + 1 });
  if (ELSEWHERE.has(name)) throw unsupported(`the query [${name}]`);
  const cause = new ElasticError(400, 'named_object_not_found_exception', `[1:1] unknown field [${name}]`);
  throw new ElasticError(400, 'parsing_exception', `unknown query [${name}]`, { details: { line: 1, col: 1 }, cause });
}
