import { queryRefused } from '../mapping/definition.ts';

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
  if (!match) throw queryRefused(`For input string: "${specification}"`, 'number_format_exception');
  const given = Number(match[1]);
  const number = match[2] ? Math.trunc((given * count) / 100) : given;
  return Math.max(0, given < 0 ? count + number : number);
}
