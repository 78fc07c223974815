import { illegalArgument, parsingError, unsupported } from '../errors.ts';
import { boostOf, fieldBody, flag, isRecord, required, text } from './body.ts';
import { fieldMatch } from './field-match.ts';
import { MATCH_NONE, matchAll } from './matches.ts';
import type { QueryParser } from './query-parser.ts';
import { specialField } from './special-field.ts';

const OPTIONS = [
  'operator',
  'minimum_should_match',
  'zero_terms_query',
  'lenient',
  'auto_generate_synonyms_phrase_query',
];
const NOT_HERE = [
  'fuzziness',
  'prefix_length',
  'max_expansions',
  'fuzzy_transpositions',
  'fuzzy_rewrite',
  'cutoff_frequency',
  'analyzer',
  '_name',
];

export const match: QueryParser = (body, context) => {
  if (isRecord(body) && Object.keys(body).length === 0) throw parsingError('No text specified for text query');
  const { field, value, options } = fieldBody('match', body, 'query', [...OPTIONS, ...NOT_HERE]);
  for (const name of NOT_HERE) if (name in options) throw unsupported(`[${name}] of the query [match]`);
  if (value === undefined || (value === null && !('query' in options))) {
    throw parsingError('No text specified for text query');
  }
  const query = required('match', value);
  const boost = boostOf(options, context);
  const operator = (text(options, 'operator') ?? 'or').toLowerCase();
  if (operator !== 'or' && operator !== 'and')
    throw illegalArgument(`No enum constant org.elasticsearch.index.query.Operator.${operator.toUpperCase()}`);
  const special = specialField(field, [query], { ...context, boost });
  if (special) return special;
  const zeroTerms = text(options, 'zero_terms_query') === 'all' ? matchAll(boost) : MATCH_NONE;
  const found = context.searcher.mapping.field(field);
  const minimumShouldMatch = text(options, 'minimum_should_match');
  const isBoosted = boost !== context.boost;
  const settings = { operator, minimumShouldMatch, boost, isBoosted, zeroTerms } as const;
  try {
    return fieldMatch(context.searcher, found, query, settings);
  } catch (error) {
    if (flag(options, 'lenient', false)) return MATCH_NONE;
    throw error;
  }
};
