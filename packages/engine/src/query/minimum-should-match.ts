import { illegalArgument } from '../errors.ts';

/**
 * How many of `count` optional clauses must match: `2`, `-1`, `75%`, `-25%`, `2<75% 5<-2`. Undefined when nothing is said.
 * https://www.elastic.co/guide/en/elasticsearch/reference/8.11/query-dsl-minimum-should-match.html
 * @throws ElasticError 400 for anything else
 */
export function minimumOf(specification: string | undefined, count: number): number | undefined {
  if (specification === undefined) return undefined;
  let applies = '100%';
  for (const part of specification.trim().split(/\s+/)) {
    const [limit, value] = part.includes('<') ? part.split('<') : [undefined, part];
    if (limit === undefined || count > Number(limit)) applies = value ?? '';
  }
  const match = /^(-?\d+)(%?)$/.exec(applies);
  if (!match) throw illegalArgument(`For input string: "${specification}"`);
  const number = match[2] ? Math.trunc((Number(match[1]) * count) / 100) : Number(match[1]);
  return Math.max(0, number < 0 ? count + number : number);
}
