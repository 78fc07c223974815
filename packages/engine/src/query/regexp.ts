import { compileRegexp } from './compile-regexp.ts';
import { unsupported } from '../errors.ts';
import { boostOf, fieldBody, flag, required } from './body.ts';
import { MATCH_NONE } from './matches.ts';
import type { QueryParser } from './query-parser.ts';
import { termsFitting } from './terms-fitting.ts';
import { asText } from '../wire/as-text.ts';

export const regexp: QueryParser = (body, context) => {
  const known = ['flags', 'flags_value', 'case_insensitive', 'max_determinized_states', 'rewrite'];
  const { field, value, options } = fieldBody('regexp', body, 'value', known);
  const pattern = asText(required('regexp', value));
  if (flag(options, 'case_insensitive', false)) throw unsupported('[case_insensitive] of the query [regexp]');
  const found = context.searcher.mapping.field(field);
  const fits = compileRegexp(pattern);
  return found ? termsFitting(found, 'regexp', pattern, '', fits, boostOf(options, context)) : MATCH_NONE;
};
