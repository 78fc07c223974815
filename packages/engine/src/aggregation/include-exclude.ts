import { type ElasticError, illegalArgument, unsupported } from '../errors.ts';
import { isObject, type Options } from '../wire/options.ts';
import type { BoundField } from './bound-field.ts';
import type { KeyOptions } from './keys-of.ts';
import { compileRegexp } from '../query/compile-regexp.ts';
import { asText } from '../wire/as-text.ts';

/** Which values of a terms aggregation get buckets. */
export interface IncludeExclude {
  /** What is wrong with it for this field: regular expressions are for strings. */
  problem(bound: BoundField): ElasticError | undefined;
  bind(bound: BoundField): Pick<KeyOptions, 'acceptsTerm' | 'acceptsNumber'>;
}

/** Reads `include` and `exclude`: a regular expression in Lucene's syntax, or a list of values. @throws ElasticError 400 */
export function parseIncludeExclude(options: Options, name: string): IncludeExclude {
  const include = parseSide(options, 'include');
  const exclude = parseSide(options, 'exclude');
  return {
    problem(bound) {
      if (bound.storage !== 'numbers' || (!isPattern(include) && !isPattern(exclude))) return undefined;
      return illegalArgument(
        `Aggregation [${name}] cannot support regular expression style include/exclude settings as they can only be applied to ` +
          'string fields. Use an array of numeric values for include/exclude clauses used to filter numeric fields',
      );
    },
    bind(bound) {
      if (include === undefined && exclude === undefined) return {};
      if (bound.storage === 'numbers') {
        const [wanted, unwanted] = [numbersOf(include, bound), numbersOf(exclude, bound)];
        return { acceptsNumber: (value) => wanted?.has(value) !== false && unwanted?.has(value) !== true };
      }
      const [wanted, unwanted] = [testOf(include), testOf(exclude)];
      return { acceptsTerm: (term) => wanted?.(term) !== false && unwanted?.(term) !== true };
    },
  };
}

type Side = readonly unknown[] | ((term: string) => boolean) | undefined;

function parseSide(options: Options, member: string): Side {
  const value = options.value(member);
  if (value === undefined) return undefined;
  if (typeof value === 'string') return compileRegexp(value);
  if (Array.isArray(value)) return value;
  if (isObject(value) && 'partition' in value) throw unsupported('[partition] in a terms aggregation');
  throw options.failed(member, `Unrecognized token [${typeof value}]`);
}

function isPattern(side: Side): boolean {
  return typeof side === 'function';
}

function numbersOf(side: Side, bound: BoundField): Set<number> | undefined {
  return Array.isArray(side) ? new Set(side.map((value) => bound.field!.numberOf(value))) : undefined;
}

function testOf(side: Side): ((term: string) => boolean) | undefined {
  if (!Array.isArray(side)) return side as ((term: string) => boolean) | undefined;
  const values = new Set(side.map(asText));
  return (term) => values.has(term);
}
