import { parsingError, unsupported } from '../errors.ts';
import { boostOf, isRecord } from './body.ts';
import { fieldTerms } from './field-term.ts';
import type { QueryParser } from './query-parser.ts';
import { specialField } from './special-field.ts';

const MOST_TERMS = 65_536;

export const terms: QueryParser = (body, context) => {
  if (!isRecord(body)) throw parsingError('[terms] query malformed, no start_object after query name');
  const { boost: _, ...fields } = body;
  const [field, second] = Object.keys(fields);
  if (field === undefined)
    throw parsingError(
      '[terms] query requires a field name, followed by array of terms or a document lookup specification',
    );
  if (second !== undefined) throw parsingError('[terms] query does not support multiple fields');
  const values = fields[field];
  if (isRecord(values)) throw unsupported('a lookup of terms in another document');
  if (!Array.isArray(values)) throw parsingError(`[terms] query does not support [${field}]`);
  if (values.length > MOST_TERMS) {
    throw parsingError(
      `failed to create query: The number of terms [${values.length}] used in the Terms Query request has exceeded the allowed maximum of [${MOST_TERMS}]. ` +
        'This maximum can be set by changing the [index.max_terms_count] index level setting.',
    );
  }
  if (values.includes(null)) throw parsingError('No value specified for terms query');
  const boost = boostOf(body, context);
  const special = specialField(field, values, { ...context, boost });
  return special ?? fieldTerms(context.searcher.mapping.field(field), values, boost);
};
