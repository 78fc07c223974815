import { boostOf, members } from './body.ts';
import type { QueryParser } from './query-parser.ts';
import { identifiers } from './special-field.ts';
import { asText } from '../wire/as-text.ts';

export const ids: QueryParser = (body, context) => {
  const options = members('ids', body, ['values', 'boost']);
  return identifiers([options['values'] ?? []].flat().map(asText), boostOf(options, context));
};
