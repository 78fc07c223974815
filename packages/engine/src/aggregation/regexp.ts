import { unsupported } from '../errors.ts';

/** A test for whole terms. @throws ElasticError 400 */
export function compileRegexp(pattern: string): (term: string) => boolean {
  throw unsupported(`the regular expression [${pattern}] in a terms aggregation`);
}
