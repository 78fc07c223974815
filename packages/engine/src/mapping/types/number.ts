import { ElasticError } from '../../errors.ts';
import type { Definition } from '../definition.ts';
import { type FieldType, type Leaf, NOT_POSTINGS, NOT_TERMS, ValueError } from '../leaf.ts';

const PARAMETERS = [
  'coerce',
  'ignore_malformed',
  'null_value',
  'index',
  'doc_values',
  'store',
  'meta',
  'time_series_metric',
  'time_series_dimension',
];

/** Inclusive. Beyond 2^53 a long is kept as the nearest double. */
const WHOLE: Readonly<Record<string, readonly [number, number]>> = {
  long: [-(2 ** 63), 2 ** 63],
  integer: [-(2 ** 31), 2 ** 31 - 1],
  short: [-(2 ** 15), 2 ** 15 - 1],
  byte: [-128, 127],
};
const FRACTIONAL: Readonly<Record<string, (value: number) => number>> = {
  double: (value) => value,
  float: Math.fround,
};

export const numbers: readonly FieldType[] = [
  ...Object.entries(WHOLE).map(([name, range]) =>
    numberType(name, (value, coerce) => whole(value, name, range, coerce)),
  ),
  ...Object.entries(FRACTIONAL).map(([name, round]) => numberType(name, (value) => fractional(value, name, round))),
];

type Reader = (value: unknown, coerce: boolean) => number;

function numberType(type: string, read: Reader): FieldType {
  return { name: type, parameters: PARAMETERS, build: (name, definition) => leaf(name, type, definition, read) };
}

function leaf(name: string, type: string, definition: Definition, read: Reader): Leaf {
  const coerce = definition['coerce'] !== false;
  return {
    name,
    type,
    definition,
    changeable: ['coerce', 'ignore_malformed', 'meta'],
    storage: 'numbers',
    indexed: definition['index'] !== false,
    numberOf: (value) => queriedNumber(value, name, type),
    showNumber: () => undefined,
    ...NOT_TERMS,
    ...NOT_POSTINGS,
    read: (values) => ({ storage: 'numbers', name, values: values.map((value) => read(value, coerce)) }),
  };
}

function whole(value: unknown, type: string, [least, most]: readonly [number, number], coerce: boolean): number {
  const number = numeric(value, type, coerce);
  if (!Number.isInteger(number) && !coerce) throw new ValueError(`Value [${String(value)}] has a decimal part`);
  const integer = Math.trunc(number);
  if (integer < least || integer > most)
    throw new ValueError(`Value [${String(value)}] is out of range for ${article(type)} ${type}`);
  // Plain zero: a long has no negative one.
  return integer + 0;
}

function fractional(value: unknown, type: string, round: (value: number) => number): number {
  const number = round(numeric(value, type, true));
  if (!Number.isFinite(number))
    throw new ValueError(`[${type}] supports only finite values, but got [${String(value)}]`);
  return number;
}

function numeric(value: unknown, type: string, coerce: boolean): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') {
    throw new ValueError(`Current token (${tokenName(value)}) not numeric, can not use numeric value accessors`);
  }
  if (!coerce) throw new ValueError(type === 'long' ? 'Long value passed as String' : `${type} value passed as String`);
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (Number.isNaN(number)) throw new ValueError(value === '' ? 'empty String' : `For input string: "${value}"`);
  return number;
}

function tokenName(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'VALUE_TRUE' : 'VALUE_FALSE';
  return Array.isArray(value) ? 'START_ARRAY' : 'START_OBJECT';
}

/** @throws ElasticError 400 `query_shard_exception` as a query with a word for a number earns it */
function queriedNumber(value: unknown, name: string, type: string): number {
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  if (!Number.isNaN(number) && typeof value !== 'object') return type === 'float' ? Math.fround(number) : number;
  throw new ElasticError(400, 'query_shard_exception', `failed to create query: For input string: "${String(value)}"`, {
    details: { field: name },
    cause: new ElasticError(400, 'number_format_exception', `For input string: "${String(value)}"`),
  });
}

function article(type: string): string {
  return type === 'integer' ? 'an' : 'a';
}
