import { ElasticError } from '../errors.ts';
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
  const options = members('bool', body, OPTIONS, unknownField);
  const boost = boostOf(options, context);
  const clauses = (name: string): Query[] => {
    const given = options[name];
    if (given === undefined || given === null) return [];
    if (typeof given !== 'object') throw notClauses(name, given);
    return [given].flat().map((clause) => context.parse(clause, { ...context, boost }));
  };
  const [must, filter, should] = [clauses('must'), clauses('filter'), clauses('should')];
  const mustNot = [...clauses('must_not'), ...clauses('mustNot')];
  if (must.length + filter.length + should.length + mustNot.length === 0) return matchAll(boost);
  const otherwise = should.length > 0 && must.length + filter.length === 0 ? 1 : 0;
  // Alternatives alone are no alternatives to nothing: one must match, whatever the minimum says.
  const minimumShouldMatch = Math.max(otherwise, minimumOf(text(options, 'minimum_should_match'), should.length) ?? 0);
  const isBoosted = boost !== context.boost;
  return booleanQuery({ must, filter, should, mustNot, minimumShouldMatch, isBoosted });
};

function unknownField(name: string): ElasticError {
  return new ElasticError(400, 'x_content_parse_exception', `[1:1] [bool] unknown field [${name}]`);
}

function notClauses(name: string, given: unknown): ElasticError {
  const token = `VALUE_${typeof given}`.toUpperCase();
  const reason = `[1:1] [bool] ${name} doesn't support values of type: ${token}`;
  return new ElasticError(400, 'x_content_parse_exception', reason);
}
