import { illegalArgument, parsingError } from '../errors.ts';
import { boostOf, fieldBody, required, text } from './body.ts';
import { fieldPhrase } from './field-match.ts';
import { MATCH_NONE, matchAll } from './matches.ts';
import type { QueryParser } from './query-parser.ts';
import { asNumber } from '../wire/as-text.ts';

export const matchPhrase: QueryParser = (body, context) => {
  const { field, value, options } = fieldBody('match_phrase', body, 'query', ['slop', 'zero_terms_query']);
  if (value === undefined) throw parsingError('No text specified for text query');
  const boost = boostOf(options, context);
  const zeroTerms = text(options, 'zero_terms_query') === 'all' ? matchAll(boost) : MATCH_NONE;
  const found = context.searcher.mapping.field(field);
  const slop = asNumber(options['slop'] ?? 0);
  if (!Number.isInteger(slop) || slop < 0) throw illegalArgument('No negative slop allowed.');
  return fieldPhrase(context.searcher, found, required('match_phrase', value), { boost, slop, zeroTerms });
};
