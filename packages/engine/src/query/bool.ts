import { booleanQuery } from './boolean.ts';
import { boostOf, members, text } from './body.ts';
import { matchAll } from './matches.ts';
import { minimumOf } from './minimum-should-match.ts';
import type { QueryParser } from './query-parser.ts';
import type { Query } from './query.ts';

const OPTIONS = [
  'must',
  'filter',
  'should',
  'must_not',
  'mustNot',
  'minimum_should_match',
  'adjust_pure_negative',
  'boost',
];

export const bool: QueryParser = (body, context) => {
  const options = members('bool', body, OPTIONS);
  const boost = boostOf(options, context);
  const clauses = (name: string): Query[] => {
    const given = options[name];
    if (given === undefined || given === null) return [];
    return [given].flat().map((clause) => context.parse(clause, { ...context, boost }));
  };
  const [must, filter, should] = [clauses('must'), clauses('filter'), clauses('should')];
  const mustNot = [...clauses('must_not'), ...clauses('mustNot')];
  if (must.length + filter.length + should.length + mustNot.length === 0) return matchAll(boost);
  const otherwise = should.length > 0 && must.length + filter.length === 0 ? 1 : 0;
  const minimumShouldMatch = minimumOf(text(options, 'minimum_should_match'), should.length) ?? otherwise;
  return booleanQuery({ must, filter, should, mustNot, minimumShouldMatch });
};
