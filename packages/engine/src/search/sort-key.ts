import { ElasticError, illegalArgument } from '../errors.ts';
import { globalTerms } from '../aggregation/global-terms.ts';
import { isWhole } from '../aggregation/bound-field.ts';
import type { Field } from '../mapping/field.ts';
import type { Searcher } from '../query/query.ts';
import type { NumbersColumn, Segment, TermsColumn } from '../segment/segment.ts';
import { fielddataDisabled, queryShardError, shardFailure } from '../wire/shard-failure.ts';
import { Double, Float, Long } from '../wire/json.ts';
import type { Sort } from './sort.ts';
import { asText } from '../wire/as-text.ts';

/**
 * One criterion of a sort, bound to the indices. Every document has a number to compare, smaller first whatever the direction:
 * a field's value, or a term's rank among all terms.
 */
export interface SortKey {
  /** Binds it to a segment whose first document is `base` in the whole search. */
  reader(segment: Segment, base: number, scores: number | Float32Array): (document: number) => number;
  /** Whether the documents with the smallest numbers are likely the last ones. */
  readonly backwards: boolean;
  /** No document of the segment has a smaller number. −Infinity when that is not known. */
  lowest(segment: Segment, scores: number | Float32Array): number;
  /** The sort value a hit shows for its number. */
  show(rank: number): unknown;
  /** The number of a value of `search_after`. @throws ElasticError */
  rankOf(value: unknown): number;
}

/** Binds a sort. @throws ElasticError 400, wrapped, for an unmapped or a text field. */
export function bindSort(sort: Sort, searchers: readonly Searcher[]): SortKey {
  const sign = sort.descending ? -1 : 1;
  if (sort.field === '_doc') return documentOrder(sign);
  if (sort.field === '_score') return scoreOrder(sign);
  const field = findField(sort, searchers);
  const type = field?.type ?? sort.unmappedType!;
  const terms = field === undefined ? ['keyword', 'ip', 'text'].includes(type) : field.storage === 'terms';
  return terms ? termOrder(sort, sign, field, segmentsOf(searchers)) : numberOrder(sort, sign, field, type);
}

function segmentsOf(searchers: readonly Searcher[]): Segment[] {
  return searchers.flatMap((searcher) => searcher.segments.map((view) => view.segment));
}

function findField(sort: Sort, searchers: readonly Searcher[]): Field | undefined {
  let found: Field | undefined;
  for (const { index, mapping } of searchers) {
    const field = mapping.field(sort.field);
    if (field === undefined || field.storage === 'none') {
      if (sort.unmappedType !== undefined) continue;
      throw shardFailure(queryShardError(`No mapping found for [${sort.field}] in order to sort on`, index), index);
    }
    if (field.storage === 'postings') throw shardFailure(fielddataDisabled(sort.field, index), index);
    if (field.storage === 'terms' && sort.mode !== undefined && sort.mode !== 'min' && sort.mode !== 'max') {
      throw shardFailure(queryShardError('we only support AVG, MEDIAN and SUM on number based fields', index), index);
    }
    found ??= field;
  }
  return found;
}

function documentOrder(sign: number): SortKey {
  return {
    reader: (_segment, base) => (document) => sign * (base + document),
    backwards: sign < 0,
    lowest: () => -Infinity,
    show: (rank) => sign * rank,
    rankOf: (value) => sign * numberOf(value, '_doc'),
  };
}

function scoreOrder(sign: number): SortKey {
  return {
    reader: (_segment, _base, scores) =>
      typeof scores === 'number' ? () => sign * scores : (document) => sign * scores[document]!,
    backwards: false,
    lowest: (_segment, scores) => (typeof scores === 'number' ? sign * scores : -Infinity),
    show: (rank) => new Float(sign * rank),
    rankOf: (value) => sign * Math.fround(numberOf(value, '_score')),
  };
}

/** Of several values, ascending order takes the smallest and descending the largest, unless `mode` says otherwise. */
function takesLargest(sort: Sort): boolean {
  return sort.mode === undefined ? sort.descending : sort.mode === 'max';
}

/** Ranks are global term numbers; a stand-in that is no term ranks half-way between its neighbours. */
function termOrder(sort: Sort, sign: number, field: Field | undefined, segments: readonly Segment[]): SortKey {
  const all = globalTerms(segments, sort.field);
  const rankOfTerm = (value: unknown): number => {
    const found = all.find(field?.termOf(value) ?? Buffer.from(asText(value)));
    return sign * (found >= 0 ? found : -found - 1.5);
  };
  const standIn = isPlace(sort.missing) ? undefined : rankOfTerm(sort.missing);
  const missing = standIn ?? (sort.missing === '_first' ? -Infinity : Infinity);
  return {
    reader(segment) {
      const column = segment.terms(sort.field);
      const table = all.table(segment);
      if (column === undefined || table === undefined) return () => missing;
      const code = codeReader(column, takesLargest(sort));
      return (document) => {
        const found = code(document);
        return found === 0 ? missing : sign * table[found]!;
      };
    },
    backwards: false,
    lowest: () => -Infinity,
    show(rank) {
      if (rank === missing) return standIn === undefined ? null : asText(sort.missing);
      const bytes = all.bytes(sign * rank);
      return field?.showTerm(bytes) ?? Buffer.from(bytes).toString();
    },
    rankOf: (value) => (value === null ? missing : rankOfTerm(value)),
  };
}

function codeReader(column: TermsColumn, largest: boolean): (document: number) => number {
  const { ordinals, offsets } = column;
  if (offsets === undefined) return (document) => ordinals[document]!;
  return (document) => {
    const start = offsets[document]!;
    const end = offsets[document + 1]!;
    return start === end ? 0 : ordinals[largest ? end - 1 : start]!;
  };
}

function numberOrder(sort: Sort, sign: number, field: Field | undefined, type: string): SortKey {
  const whole =
    field === undefined ? !['double', 'float', 'half_float', 'scaled_float'].includes(type) : isWhole(field);
  const value = (given: unknown): number =>
    typeof given === 'number' || field === undefined ? numberOf(given, sort.field) : field.numberOf(given);
  const missing = isPlace(sort.missing)
    ? sort.missing === '_first'
      ? -Infinity
      : Infinity
    : sign * value(sort.missing);
  return {
    reader(segment) {
      const column = segment.numbers(sort.field);
      return column === undefined ? () => missing : numberReader(column, sort, sign, missing, whole);
    },
    backwards: sign < 0,
    lowest(segment) {
      const column = segment.numbers(sort.field);
      if (column === undefined) return missing;
      if (sort.mode !== undefined) return -Infinity;
      return Math.min(missing, sign > 0 ? column.minimum : -column.maximum);
    },
    show(rank) {
      const number = sign * rank;
      if (!Number.isFinite(number)) return showMissing(number, whole, sort.format);
      if (sort.format !== undefined) return field?.showNumber(number, sort.format) ?? String(number);
      return whole ? number : type === 'double' ? new Double(number) : new Float(number);
    },
    rankOf(given) {
      if (given === null) return missing;
      return sign * beyondLong(afterValue(given, sort.field, value));
    },
  };
}

/** The smallest and largest long stand for a missing value, and no JavaScript number can be them. */
function beyondLong(value: number): number {
  return Math.abs(value) >= 2 ** 63 ? value * Infinity : value;
}

function showMissing(value: number, whole: boolean, format: string | undefined): unknown {
  if (!whole) return asText(value);
  if (format !== undefined) return null;
  return value > 0 ? Long.MAX : Long.MIN;
}

function numberReader(
  column: NumbersColumn,
  sort: Sort,
  sign: number,
  missing: number,
  whole: boolean,
): (document: number) => number {
  const { base, scale, packed, offsets, present } = column;
  if (offsets !== undefined) return multiReader(column, offsets, sort, sign, missing, whole);
  if (present === undefined) return (document) => sign * (base + packed[document]! / scale);
  return (document) => (present.has(document) ? sign * (base + packed[document]! / scale) : missing);
}

function multiReader(
  column: NumbersColumn,
  offsets: Uint32Array,
  sort: Sort,
  sign: number,
  missing: number,
  whole: boolean,
): (document: number) => number {
  const { base, scale, packed } = column;
  const mode = sort.mode ?? (sort.descending ? 'max' : 'min');
  return (document) => {
    const start = offsets[document]!;
    const end = offsets[document + 1]!;
    if (start === end) return missing;
    const values = Array.from(packed.subarray(start, end), (value) => base + value / scale);
    return sign * combine(values, mode, whole);
  };
}

/** Several ascending values as one. Means of whole numbers are rounded, as Elasticsearch sorts longs by longs. */
function combine(values: readonly number[], mode: NonNullable<Sort['mode']>, whole: boolean): number {
  if (mode === 'min') return values[0]!;
  if (mode === 'max') return values.at(-1)!;
  const middle = values.length >>> 1;
  const mean =
    mode === 'median'
      ? values.length % 2 === 1
        ? values[middle]!
        : (values[middle - 1]! + values[middle]!) / 2
      : values.reduce((total, value) => total + value, 0) / (mode === 'avg' ? values.length : 1);
  return whole ? Math.round(mean) : mean;
}

function isPlace(missing: unknown): boolean {
  return missing === '_last' || missing === '_first';
}

function numberOf(value: unknown, field: string): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && !Number.isNaN(number)) return number;
  throw illegalArgument(`Failed to parse search_after value for field [${field}].`);
}

function afterValue(given: unknown, field: string, read: (value: unknown) => number): number {
  if (given === 'Infinity' || given === '-Infinity') return Number(given);
  try {
    return read(given);
  } catch (cause) {
    throw new ElasticError(
      400,
      'illegal_argument_exception',
      `Failed to parse search_after value for field [${field}].`,
      {
        cause,
      },
    );
  }
}
