import { ElasticError, parsingError, unsupported } from '../errors.ts';
import { boostOf, flag, members, text } from './body.ts';
import { fieldPattern } from './in-fields.ts';
import { parseLucene } from './lucene/parse-lucene.ts';
import { LuceneSyntaxError } from './lucene/tokens.ts';
import { type LuceneOptions, toQuery } from './lucene/to-query.ts';
import type { QueryParser } from './query-parser.ts';
import { asText } from '../wire/as-text.ts';

const OPTIONS = [
  'query',
  'default_field',
  'fields',
  'default_operator',
  'analyze_wildcard',
  'allow_leading_wildcard',
  'lenient',
  'minimum_should_match',
  'boost',
  'time_zone',
  'type',
  'auto_generate_synonyms_phrase_query',
  'enable_position_increments',
];
const NOT_HERE = [
  'analyzer',
  'quote_analyzer',
  'quote_field_suffix',
  'fuzziness',
  'fuzzy_max_expansions',
  'fuzzy_prefix_length',
  'fuzzy_transpositions',
  'max_determinized_states',
  'phrase_slop',
  'rewrite',
  'tie_breaker',
  'escape',
  '_name',
];

/** Lucene's query syntax: https://www.elastic.co/guide/en/elasticsearch/reference/8.11/query-dsl-query-string-query.html */
export const queryString: QueryParser = (body, context) => {
  const options = members('query_string', body, [...OPTIONS, ...NOT_HERE]);
  const { type } = options;
  if (type !== undefined && type !== 'best_fields')
    throw unsupported(`[type: ${asText(type)}] of the query [query_string]`);
  for (const name of NOT_HERE) if (name in options) throw unsupported(`[${name}] of the query [query_string]`);
  const query = text(options, 'query');
  if (query === undefined) throw parsingError('[query_string] must be provided with a [query]');
  const boost = boostOf(options, context);
  try {
    return toQuery(parseLucene(query, defaultOperator(options)), luceneOptions(options), { ...context, boost });
  } catch (error) {
    if (!(error instanceof LuceneSyntaxError)) throw error;
    throw new ElasticError(400, 'query_shard_exception', `Failed to parse query [${query}]`, {
      cause: new ElasticError(400, 'parse_exception', `Cannot parse '${query}': ${error.message}`),
    });
  }
};

function defaultOperator(options: Readonly<Record<string, unknown>>): 'or' | 'and' {
  const operator = (text(options, 'default_operator') ?? 'or').toLowerCase();
  if (operator === 'or' || operator === 'and') return operator;
  throw parsingError(`Unknown operator [${operator}], expected [or] or [and]`);
}

function luceneOptions(options: Readonly<Record<string, unknown>>): LuceneOptions {
  const given = options['fields'] ?? options['default_field'] ?? '*';
  const fields = [given].flat().map(asText);
  return {
    fields: fields.map(fieldPattern),
    // A word is no number: over all fields that is no mistake.
    lenient: flag(options, 'lenient', fields.includes('*')),
    operator: defaultOperator(options),
    leadingWildcard: flag(options, 'allow_leading_wildcard', true),
    timeZone: text(options, 'time_zone'),
    minimumShouldMatch: text(options, 'minimum_should_match'),
  };
}
