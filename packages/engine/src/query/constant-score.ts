import { parsingError } from '../errors.ts';
import { boostOf, members } from './body.ts';
import type { QueryParser } from './query-parser.ts';

export const constantScore: QueryParser = (body, context) => {
  const options = members('constant_score', body, ['filter', 'boost']);
  if (options['filter'] === undefined) throw parsingError("[constant_score] requires a 'filter' element");
  const filter = context.parse(options['filter'], context);
  const boost = boostOf(options, context);
  return {
    matches: (view, { scores }) => ({
      documents: filter.matches(view, { scores: false }).documents,
      scores: scores ? boost : 0,
    }),
  };
};
