import { ElasticError } from '../errors.ts';
import type { Field } from '../mapping/field.ts';
import { MATCH_NONE } from './matches.ts';
import type { QueryContext } from './query-parser.ts';
import type { Query } from './query.ts';

/** `message^2`, `user.*`: where a query looks, and how much it counts there. */
export interface FieldPattern {
  readonly pattern: string;
  readonly boost: number;
}

/** Takes `message^2` apart. */
export function fieldPattern(field: string): FieldPattern {
  const [pattern = '', boost = '1'] = field.split('^');
  return { pattern, boost: Number(boost) };
}

/**
 * A query for each field that the patterns mean. A field named outright is asked whether it can be searched or not.
 * @param lenient a value that a field cannot read matches nothing there, and is no error
 */
export function inFields(
  patterns: readonly FieldPattern[],
  lenient: boolean,
  context: QueryContext,
  build: (field: Field, boost: number) => Query,
): Query[] {
  const { mapping } = context.searcher;
  return patterns.flatMap(({ pattern, boost }) => {
    const exact = mapping.field(pattern);
    const fitting = pattern.includes('*') ? mapping.fieldsMatching(pattern) : [];
    const fields = exact ? [exact] : fitting.filter(({ storage }) => storage !== 'none');
    const product = Math.fround(context.boost * Math.fround(boost));
    return fields.map((field) => leniently(() => build(field, product), lenient));
  });
}

function leniently(build: () => Query, lenient: boolean): Query {
  try {
    return build();
  } catch (error) {
    if (lenient && error instanceof ElasticError) return MATCH_NONE;
    throw error;
  }
}
