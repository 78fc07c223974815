import { boostOf, fieldBody, flag, required } from './body.ts';
import { fieldTerm } from './field-term.ts';
import type { QueryParser } from './query-parser.ts';
import { specialField } from './special-field.ts';
import { termsFitting } from './terms-fitting.ts';
import { asText } from '../wire/as-text.ts';

export const term: QueryParser = (body, context) => {
  const { field, value, options } = fieldBody('term', body, 'value', ['case_insensitive']);
  const boost = boostOf(options, context);
  const wanted = required('term', value);
  const special = specialField(field, [wanted], { ...context, boost });
  if (special) return special;
  const found = context.searcher.mapping.field(field);
  if (found && flag(options, 'case_insensitive', false) && found.storage !== 'numbers') {
    const lower = asText(wanted).toLowerCase();
    return termsFitting(found, 'term', lower, '', (candidate) => candidate.toLowerCase() === lower, boost);
  }
  return fieldTerm(context.searcher, found, wanted, boost);
};
