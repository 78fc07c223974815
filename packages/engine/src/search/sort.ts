import { parsingError, unsupported } from '../errors.ts';
import { isObject, Options, tokenOf } from '../wire/options.ts';

/** One criterion of `sort`. `_score` and `_doc` are fields here. */
export interface Sort {
  readonly field: string;
  readonly descending: boolean;
  /** `_last`, `_first`, or a value that stands in. */
  readonly missing: unknown;
  /** Which of several values counts; undefined: the smallest ascending, the largest descending. */
  readonly mode: 'min' | 'max' | 'sum' | 'avg' | 'median' | undefined;
  readonly unmappedType: string | undefined;
  readonly format: string | undefined;
}

const MODES = ['min', 'max', 'sum', 'avg', 'median'] as const;

/** Reads `sort` in all its forms: a name, an object, or a list of them. @throws ElasticError 400 */
export function parseSort(value: unknown): readonly Sort[] | undefined {
  const sorts = (Array.isArray(value) ? value : [value]).flatMap((entry: unknown) => {
    if (typeof entry === 'string') return [byDefault(entry)];
    if (isObject(entry)) return Object.entries(entry).map(([field, options]) => parseOne(field, options));
    throw parsingError(
      `malformed sort format, within the sort array, an object, or an actual string are allowed, found [${tokenOf(entry)}]`,
    );
  });
  // By score alone is what happens without `sort`, and the hits then have no sort values.
  const [only] = sorts;
  return sorts.length === 0 || (sorts.length === 1 && only!.field === '_score' && only!.descending) ? undefined : sorts;
}

function byDefault(field: string): Sort {
  return {
    field,
    descending: field === '_score',
    missing: '_last',
    mode: undefined,
    unmappedType: undefined,
    format: undefined,
  };
}

function parseOne(field: string, value: unknown): Sort {
  if (field === '_script' || field === '_geo_distance') throw unsupported(`sorting by [${field}]`);
  if (typeof value === 'string') return parseOne(field, { order: value });
  if (!isObject(value)) throw parsingError(`malformed sort format for [${field}], found [${tokenOf(value)}]`);
  const owner = field === '_score' ? '_score' : 'field_sort';
  const members =
    field === '_score' ? ['order'] : ['order', 'missing', 'mode', 'unmapped_type', 'format', 'numeric_type', 'nested'];
  const options = new Options(owner, value, members);
  for (const name of ['numeric_type', 'nested']) if (options.has(name)) throw unsupported(`[${name}] in a sort`);
  const mode = options.string('mode')?.toLowerCase();
  if (mode !== undefined && !MODES.includes(mode as (typeof MODES)[number])) {
    throw options.failed('mode', `Unknown SortMode [${mode}]`);
  }
  return {
    field,
    descending: parseDirection(options) ?? field === '_score',
    missing: options.value('missing') ?? '_last',
    mode: mode as Sort['mode'],
    unmappedType: options.string('unmapped_type'),
    format: options.string('format'),
  };
}

function parseDirection(options: Options): boolean | undefined {
  const order = options.string('order')?.toLowerCase();
  if (order === undefined) return undefined;
  if (order === 'asc') return false;
  if (order === 'desc') return true;
  throw options.failed('order', `No enum constant org.elasticsearch.search.sort.SortOrder.${order.toUpperCase()}`);
}
