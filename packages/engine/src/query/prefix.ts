import { boostOf, fieldBody, flag, required } from './body.ts';
import { MATCH_NONE } from './matches.ts';
import type { QueryParser } from './query-parser.ts';
import { termsFitting } from './terms-fitting.ts';

export const prefix: QueryParser = (body, context) => {
  const { field, value, options } = fieldBody('prefix', body, 'value', ['case_insensitive', 'rewrite']);
  const start = String(required('prefix', value));
  const found = context.searcher.mapping.field(field);
  if (!found) return MATCH_NONE;
  const boost = boostOf(options, context);
  if (!flag(options, 'case_insensitive', false)) return termsFitting(found, 'prefix', start, start, () => true, boost);
  const lower = start.toLowerCase();
  return termsFitting(
    found,
    'prefix',
    `(any case) ${lower}`,
    '',
    (term) => term.toLowerCase().startsWith(lower),
    boost,
  );
};
