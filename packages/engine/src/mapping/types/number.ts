import { ElasticError } from '../../errors.ts';
import { type Definition, queryRefused } from '../definition.ts';
import { type FieldType, type Leaf, NOT_POSTINGS, NOT_TERMS, ValueError } from '../leaf.ts';
import { asNumber, asText } from '../../wire/as-text.ts';

const PARAMETERS = ['coerce', 'ignore_malformed', 'null_value', 'index', 'doc_values', 'store'];

/** What a type takes, inclusive. Beyond 2^53 a long is kept as the nearest double. */
const WHOLE: Readonly<Record<string, readonly [number, number]>> = {
  long: [-(2 ** 63), 2 ** 63],
  integer: [-(2 ** 31), 2 ** 31 - 1],
  short: [-(2 ** 15), 2 ** 15 - 1],
  byte: [-128, 127],
  unsigned_long: [0, 2 ** 64],
};

const LARGEST_HALF_FLOAT = 65_520;

const FRACTIONAL: Readonly<Record<string, (value: number) => number>> = {
  double: (value) => value,
  float: Math.fround,
  half_float: halfFloat,
};

type Reader = (value: unknown) => number | undefined;

export const numbers: readonly FieldType[] = [
  ...Object.entries(WHOLE).map(([type, range]) =>
    numberType(type, (definition) => {
      const coerce = definition['coerce'] !== false;
      return (value) => whole(value, type, range, coerce);
    }),
  ),
  ...Object.entries(FRACTIONAL).map(([type, round]) =>
    numberType(type, (definition) => {
      const coerce = definition['coerce'] !== false;
      return (value) => fractional(value, type, round, coerce);
    }),
  ),
  numberType('scaled_float', scaledReader, ['scaling_factor']),
];

function numberType(name: string, reader: (definition: Definition) => Reader, more: readonly string[] = []): FieldType {
  return {
    name,
    parameters: [...PARAMETERS, ...more],
    build: (field, definition) => leaf(field, name, definition, reader(definition)),
  };
}

function leaf(name: string, type: string, definition: Definition, read: Reader): Leaf {
  return {
    name,
    type,
    definition,
    changeable: ['coerce', 'ignore_malformed'],
    storage: 'numbers',
    indexed: definition['index'] !== false,
    numberOf: (value) => queriedNumber(value, type),
    showNumber: () => undefined,
    ...NOT_TERMS,
    ...NOT_POSTINGS,
    read: (values) => {
      const kept = values.map(read).filter((number) => number !== undefined);
      return kept.length === 0 ? undefined : { storage: 'numbers', name, values: kept };
    },
  };
}

function whole(
  value: unknown,
  type: string,
  [least, most]: readonly [number, number],
  coerce: boolean,
): number | undefined {
  const number = numeric(value, coerce, type);
  if (number === undefined) return undefined;
  if (!coerce && !Number.isInteger(number)) throw new ValueError(`Value [${asText(value)}] has a decimal part`);
  const integer = Math.trunc(number);
  if (integer < least || integer > most) {
    throw new ValueError(`Value [${asText(value)}] is out of range for ${type === 'integer' ? 'an' : 'a'} ${type}`);
  }
  // Plain zero: a long has no negative one.
  return integer + 0;
}

function fractional(
  value: unknown,
  type: string,
  round: (value: number) => number,
  coerce: boolean,
): number | undefined {
  const number = numeric(value, coerce, type);
  if (number === undefined) return undefined;
  const rounded = round(number);
  if (!Number.isFinite(rounded))
    throw new ValueError(`[${type}] supports only finite values, but got [${String(rounded)}]`);
  return rounded;
}

function scaledReader(definition: Definition): Reader {
  const factor = asNumber(definition['scaling_factor']);
  if (!(factor > 0)) {
    const reason = 'Failed to parse mapping: Field [scaling_factor] is required and must be a positive number';
    throw new ElasticError(400, 'mapper_parsing_exception', reason);
  }
  const coerce = definition['coerce'] !== false;
  return (value) => fractional(value, 'scaled_float', (number) => Math.round(number * factor) / factor, coerce);
}

const NUMERAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** @returns undefined for the empty string, which Elasticsearch takes for no value */
function numeric(value: unknown, coerce: boolean, type: string): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') {
    const token = value ? 'VALUE_TRUE' : 'VALUE_FALSE';
    throw new ValueError(`Current token (${token}) not numeric, can not use numeric value accessors`);
  }
  if (typeof value !== 'string') throw new ValueError('Cannot parse object as number');
  if (!coerce) throw new ValueError(`${type[0]!.toUpperCase()}${type.slice(1)} value passed as String`);
  if (value === '') return undefined;
  if (NUMERAL.test(value)) return Number(value);
  if (type in FRACTIONAL && /^[+-]?(?:NaN|Infinity)$/.test(value)) return Number(value);
  throw new ValueError(`For input string: "${value}"`);
}

/** The nearest number with 11 significant bits, as Lucene's HalfFloatPoint rounds. */
function halfFloat(value: number): number {
  const magnitude = Math.abs(value);
  if (magnitude >= LARGEST_HALF_FLOAT) return value > 0 ? Infinity : -Infinity;
  const exponent = Math.max(-14, Math.floor(Math.log2(magnitude || 1)));
  const unit = 2 ** (exponent - 10);
  const steps = value / unit;
  const floor = Math.floor(steps);
  const even = steps - floor === 0.5 ? floor + (floor % 2) : Math.round(steps);
  return even * unit;
}

/** @throws ElasticError 400 `query_shard_exception`, which a word for a number earns in a query */
function queriedNumber(value: unknown, type: string): number {
  if (typeof value === 'number') return type === 'float' ? Math.fround(value) : value;
  const text = asText(value);
  if (NUMERAL.test(text)) return type === 'float' ? Math.fround(Number(text)) : Number(text);
  throw queryRefused(`For input string: "${text}"`, 'number_format_exception');
}
