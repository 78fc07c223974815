import { illegalArgument } from '../errors.ts';
import type { Field } from '../mapping/field.ts';
import type { Segment } from '../segment/segment.ts';
import { fielddataDisabled, shardFailure } from '../wire/shard-failure.ts';
import type { Context } from './aggregation.ts';

/** A field of an aggregation, looked up in every index of the search. */
export interface BoundField {
  readonly name: string;
  /** Undefined when no index has it. */
  readonly field: Field | undefined;
  readonly storage: 'terms' | 'numbers' | 'unmapped';
  readonly segments: readonly Segment[];
}

/**
 * Looks the field up. Where indices disagree on its type, the first one counts.
 * @throws ElasticError 400, wrapped, for a text field and for a type the aggregation cannot read.
 */
export function bindField(
  context: Context,
  name: string,
  aggregation: string,
  accepts: readonly ('terms' | 'numbers')[] = ['terms', 'numbers'],
): BoundField {
  const segments = context.searchers.flatMap((searcher) => searcher.segments.map((view) => view.segment));
  let bound: BoundField = { name, field: undefined, storage: 'unmapped', segments };
  for (const { index, mapping } of context.searchers) {
    const field = mapping.field(name);
    if (field === undefined || field.storage === 'none') continue;
    if (field.storage === 'postings') throw shardFailure(fielddataDisabled(name, index), index);
    if (!accepts.includes(field.storage)) throw shardFailure(wrongType(field, aggregation), index);
    if (bound.field === undefined) bound = { name, field, storage: field.storage, segments };
  }
  return bound;
}

/** Whether the type holds whole numbers, which Elasticsearch prints without a fraction. */
export function isWhole(field: Field): boolean {
  return ['long', 'integer', 'short', 'byte', 'unsigned_long', 'date', 'date_nanos', 'boolean'].includes(field.type);
}

function wrongType(field: Field, aggregation: string): Error & ReturnType<typeof illegalArgument> {
  return illegalArgument(
    `Field [${field.name}] of type [${field.type}] is not supported for aggregation [${aggregation}]`,
  );
}
