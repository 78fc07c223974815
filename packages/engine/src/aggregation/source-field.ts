import { illegalArgument, unsupported } from '../errors.ts';
import type { Options } from '../wire/options.ts';
import type { BoundField } from './bound-field.ts';
import { asNumber } from '../wire/as-text.ts';

/** Members that every aggregation over a field may have. */
export const SOURCE_MEMBERS = ['field', 'missing', 'script', 'value_type', 'format'] as const;

/** The name in `field`. @throws ElasticError 400 without one, and for a script. */
export function sourceField(options: Options): string {
  if (options.has('script')) throw unsupported('[script] in an aggregation');
  const field = options.string('field');
  if (field === undefined) throw illegalArgument('Required one of fields [field, script], but none were specified.');
  return field;
}

/** What stands in for a number where a document has none. */
export function missingNumber(bound: BoundField, missing: unknown): number | undefined {
  if (missing === undefined) return undefined;
  return bound.field === undefined ? asNumber(missing) : bound.field.numberOf(missing);
}

/** A format makes sense for dates alone here: Elasticsearch's patterns for numbers (DecimalFormat) are not there. */
export function checkFormat(bound: BoundField, format: string | undefined): void {
  if (format !== undefined && bound.field !== undefined && !bound.field.type.startsWith('date')) {
    throw unsupported(`[format] of an aggregation over the field [${bound.name}] of type [${bound.field.type}]`);
  }
}
