import { boostOf, fieldBody, flag, required } from './body.ts';
import { MATCH_NONE } from './matches.ts';
import type { QueryParser } from './query-parser.ts';
import { indexFitting, notForIdentifiers } from './special-field.ts';
import { termsFitting } from './terms-fitting.ts';
import { asText } from '../wire/as-text.ts';

export const prefix: QueryParser = (body, context) => {
  const { field, value, options } = fieldBody('prefix', body, 'value', ['case_insensitive', 'rewrite']);
  const start = asText(required('prefix', value));
  const found = context.searcher.mapping.field(field);
  const boost = boostOf(options, context);
  if (field === '_index') return indexFitting(`${start}*`, context, boost);
  if (field === '_id') throw notForIdentifiers('prefix');
  if (!found) return MATCH_NONE;
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
