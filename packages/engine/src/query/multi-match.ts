import { ElasticError, illegalArgument, parsingError, unsupported } from '../errors.ts';
import { bestOf, booleanQuery } from './boolean.ts';
import { boostOf, flag, members, text } from './body.ts';
import { fieldMatch, fieldPhrase } from './field-match.ts';
import { fieldPattern, inFields } from './in-fields.ts';
import { MATCH_NONE, matchAll } from './matches.ts';
import type { QueryParser } from './query-parser.ts';
import { asNumber, asText } from '../wire/as-text.ts';

const OPTIONS = [
  'query',
  'fields',
  'type',
  'operator',
  'minimum_should_match',
  'slop',
  'lenient',
  'zero_terms_query',
  'boost',
];
const NOT_HERE = ['analyzer', 'fuzziness', 'prefix_length', 'max_expansions', 'tie_breaker', 'fuzzy_transpositions'];

/** A text against several fields: https://www.elastic.co/guide/en/elasticsearch/reference/8.11/query-dsl-multi-match-query.html */
export const multiMatch: QueryParser = (body, context) => {
  const options = members('multi_match', body, [...OPTIONS, ...NOT_HERE]);
  for (const name of NOT_HERE) if (name in options) throw unsupported(`[${name}] of the query [multi_match]`);
  const query = text(options, 'query');
  if (query === undefined) throw parsingError('No text specified for multi_match query');
  const type = readType(text(options, 'type') ?? 'best_fields');
  const operator = readOperator(text(options, 'operator') ?? 'or');
  const fields = [options['fields'] ?? '*'].flat().map(asText);
  const patterns = (fields.length === 0 ? ['*'] : fields).map(fieldPattern);
  const lenient = flag(options, 'lenient', patterns.length === 1 && patterns[0]!.pattern === '*');
  const settings = {
    operator,
    minimumShouldMatch: text(options, 'minimum_should_match'),
    slop: asNumber(options['slop'] ?? 0),
    zeroTerms: text(options, 'zero_terms_query') === 'all' ? matchAll(1) : MATCH_NONE,
  };
  const queries = inFields(patterns, lenient, { ...context, boost: boostOf(options, context) }, (field, boost) =>
    type === 'phrase'
      ? fieldPhrase(context.searcher, field, query, { ...settings, boost })
      : fieldMatch(context.searcher, field, query, { ...settings, boost }),
  );
  if (queries.length === 0) return MATCH_NONE;
  if (type !== 'most_fields' || queries.length === 1) return bestOf(queries);
  return booleanQuery({ must: [], filter: [], should: queries, mustNot: [], minimumShouldMatch: 1 });
};

function readType(type: string): 'best_fields' | 'most_fields' | 'phrase' {
  if (type === 'best_fields' || type === 'most_fields' || type === 'phrase') return type;
  if (['cross_fields', 'phrase_prefix', 'bool_prefix'].includes(type)) {
    throw unsupported(`[type: ${type}] of the query [multi_match]`);
  }
  throw new ElasticError(400, 'parse_exception', `failed to parse [multi_match] query type [${type}]. unknown type.`);
}

function readOperator(operator: string): 'or' | 'and' {
  const lower = operator.toLowerCase();
  if (lower === 'or' || lower === 'and') return lower;
  throw illegalArgument(`No enum constant org.elasticsearch.index.query.Operator.${operator.toUpperCase()}`);
}
