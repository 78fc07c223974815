import { boostOf, fieldBody, flag, required } from './body.ts';
import { MATCH_NONE } from './matches.ts';
import type { QueryParser } from './query-parser.ts';
import { indexFitting } from './special-field.ts';
import { termsFitting } from './terms-fitting.ts';
import { wildcardPattern } from './wildcard-pattern.ts';
import { asText } from '../wire/as-text.ts';

export const wildcard: QueryParser = (body, context) => {
  const { field, value, options } = fieldBody('wildcard', body, 'value', ['wildcard', 'case_insensitive', 'rewrite']);
  const pattern = asText(required('wildcard', value ?? options['wildcard']));
  const found = context.searcher.mapping.field(field);
  if (field === '_index') return indexFitting(pattern, context, boostOf(options, context));
  // Lucene's automaton of no characters has no state that accepts.
  if (!found || pattern === '') return MATCH_NONE;
  const insensitive = flag(options, 'case_insensitive', false);
  const { prefix, fits } = wildcardPattern(pattern, insensitive);
  return termsFitting(found, 'wildcard', `${insensitive} ${pattern}`, prefix, fits, boostOf(options, context));
};
