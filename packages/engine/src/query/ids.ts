import { parsingError } from '../errors.ts';
import { boostOf, members } from './body.ts';
import type { QueryParser } from './query-parser.ts';
import { identifiers } from './special-field.ts';

export const ids: QueryParser = (body, context) => {
  const options = members('ids', body, ['values', 'boost']);
  const values = options['values'];
  if (values === undefined) throw parsingError('[ids] requires providing a values array of ids');
  return identifiers([values].flat().map(String), boostOf(options, context));
};
