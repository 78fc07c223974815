import { expect, test } from 'vitest';
import { ElasticError } from '../errors.ts';
import { createMapping } from './mapping.ts';

const STRING = { type: 'text', fields: { keyword: { type: 'keyword', ignore_above: 256 } } };
const DATES = { type: 'date', format: 'yyyy/MM/dd HH:mm:ss||yyyy/MM/dd||epoch_millis' };

// What Elasticsearch 8.19 mapped these documents to.
const LEARNT: readonly (readonly [source: unknown, properties: unknown])[] = [
  [{ timestamp: '2023-11-14 10:23:05,128' }, { timestamp: STRING }],
  [{ timestamp: '2023-11-07T14:07:57.503' }, { timestamp: { type: 'date' } }],
  [{ d: '2023-11' }, { d: { type: 'date' } }],
  [{ d: '2023-11-14T' }, { d: { type: 'date' } }],
  [{ d: '2023-11-14T10:23:05.123456789+01:00' }, { d: { type: 'date' } }],
  [{ d: '2023' }, { d: STRING }],
  [{ d: '1700000000000' }, { d: STRING }],
  [{ d: '2023-02-30' }, { d: STRING }],
  [{ d: '2023-11-14T24:00' }, { d: STRING }],
  [{ d: '2023/11/14 10:23:05' }, { d: DATES }],
  [{ d: '2023/11/11' }, { d: DATES }],
  [
    { n: 1, f: 1.5, b: true, s: '' },
    { b: { type: 'boolean' }, f: { type: 'float' }, n: { type: 'long' }, s: STRING },
  ],
  [{ 'a.b': 1 }, { a: { properties: { b: { type: 'long' } } } }],
  [{ a: { b: 1, 'c.d': 'x' } }, { a: { properties: { b: { type: 'long' }, c: { properties: { d: STRING } } } } }],
  [{ a: [null, [], {}] }, { a: { type: 'object' } }],
  [{ a: {} }, { a: { type: 'object' } }],
  [{ a: [[1, 2], [3]] }, { a: { type: 'long' } }],
  [{ a: [{ x: 1 }, { y: 2 }] }, { a: { properties: { x: { type: 'long' }, y: { type: 'long' } } } }],
];

test.each(LEARNT)('%j is mapped as Elasticsearch maps it', (source, properties) => {
  const { mapping } = createMapping().parse(source);
  expect(mapping.toJSON()).toEqual({ properties });
  expect(createMapping(mapping.toJSON()).toJSON()).toEqual({ properties });
});

test('Dotted names share the objects they stand for', () => {
  const long = { type: 'long' };
  const properties = {
    'a.b.c': long,
    'a.b.d': long,
    'a.e': long,
    a: { properties: { b: { properties: { f: long } } } },
  };
  const b = { properties: { c: long, d: long, f: long } };
  expect(createMapping({ properties }).toJSON()).toEqual({ properties: { a: { properties: { b, e: long } } } });
  expect(thrown(() => createMapping({ properties: { a: long, 'a.b': long } })).message).toBe(
    "can't merge a non object mapping [a] with an object mapping",
  );
});

test('All new fields of a document are added at once', () => {
  const source = { a: { b: { c: 1, d: { e: 'x', f: true } } }, 'a.b.g': 1.5, h: [{ i: 1 }, { i: 2, 'j.k': 'y' }] };
  const fields = createMapping().parse(source).mapping.fieldsMatching('*');
  expect(fields.map(({ name }) => name).join(' ')).toBe(
    'a.b.c a.b.d.e a.b.d.e.keyword a.b.d.f a.b.g h.i h.j.k h.j.k.keyword',
  );
});

test('Null and empty arrays add no field', () => {
  expect(
    createMapping()
      .parse({ a: null, b: [], c: [null] })
      .mapping.toJSON(),
  ).toEqual({});
});

const MAPPED = createMapping({
  properties: {
    n: { type: 'long' },
    t: { type: 'text' },
    k: { type: 'keyword' },
    d: { type: 'date' },
    b: { type: 'boolean' },
    ip: { type: 'ip' },
    o: { properties: { x: { type: 'keyword' } } },
    i: { type: 'integer' },
    by: { type: 'byte' },
    sh: { type: 'short' },
    f: { type: 'float' },
    db: { type: 'double' },
    hf: { type: 'half_float' },
    de: { type: 'date', format: 'yyyy-MM-dd HH:mm:ss' },
    st: { type: 'object', dynamic: 'strict' },
    en: { type: 'object', enabled: false },
    al: { type: 'alias', path: 'k' },
  },
});

// Reasons as Elasticsearch 8.19 gave them, without the place in the text; then the cause's.
const REFUSED: readonly (readonly [source: unknown, reason: string, cause?: string])[] = [
  [{ n: 'abc' }, refusal('n', 'long', 'abc'), 'For input string: "abc"'],
  [{ n: [1, 'x'] }, refusal('n', 'long', 'x'), 'For input string: "x"'],
  [{ n: ' 5 ' }, refusal('n', 'long', ' 5 '), 'For input string: " 5 "'],
  [{ n: '0x10' }, refusal('n', 'long', '0x10'), 'For input string: "0x10"'],
  [{ n: { a: 1 } }, refusal('n', 'long', '{a=1}'), 'Cannot parse object as number'],
  [{ 'n.x': 1 }, refusal('n', 'long', '{x=1}'), 'Cannot parse object as number'],
  [{ i: '3000000000' }, refusal('i', 'integer', '3000000000'), 'Value [3000000000] is out of range for an integer'],
  [{ by: 200 }, refusal('by', 'byte', '200'), 'Value [200] is out of range for a byte'],
  [{ sh: '70000' }, refusal('sh', 'short', '70000'), 'Value [70000] is out of range for a short'],
  [{ f: 'nan' }, refusal('f', 'float', 'nan'), 'For input string: "nan"'],
  [{ f: 1e300 }, refusal('f', 'float', '1e+300'), '[float] supports only finite values, but got [Infinity]'],
  [{ db: '1e400' }, refusal('db', 'double', '1e400'), '[double] supports only finite values, but got [Infinity]'],
  [{ t: { a: 1 } }, refusal('t', 'text', '{a=1}'), 'Expected text but found START_OBJECT'],
  [{ k: { a: 1 } }, refusal('k', 'keyword', '{a=1}'), 'Expected text but found START_OBJECT'],
  [{ d: 'abc' }, refusal('d', 'date', 'abc'), dateRefusal('abc')],
  [{ d: '2023-13-01' }, refusal('d', 'date', '2023-13-01'), dateRefusal('2023-13-01')],
  [{ d: true }, refusal('d', 'date', 'true'), dateRefusal('true')],
  [{ d: '' }, refusal('d', 'date', ''), 'cannot parse empty datetime'],
  [
    { de: '2023-11-14' },
    refusal('de', 'date', '2023-11-14'),
    'failed to parse date field [2023-11-14] with format [yyyy-MM-dd HH:mm:ss]',
  ],
  [{ b: 'x' }, refusal('b', 'boolean', 'x'), 'Failed to parse value [x] as only [true] or [false] are allowed.'],
  [{ ip: 'x' }, refusal('ip', 'ip', 'x'), "'x' is not an IP string literal."],
  [{ o: 1 }, 'object mapping for [o] tried to parse field [o] as object, but found a concrete value'],
  [{ o: [1] }, 'object mapping for [o] tried to parse field [null] as object, but found a concrete value'],
  [{ st: { z: 1 } }, 'mapping set to strict, dynamic introduction of [z] within [st] is not allowed'],
  [{ al: 1 }, 'Cannot write to a field alias [al].'],
  [{ '': 1 }, 'failed to parse: field name cannot be an empty string', 'field name cannot be an empty string'],
  [
    { 'a..b': 1 },
    "failed to parse: field name cannot contain only whitespace: ['a..b']",
    "field name cannot contain only whitespace: ['a..b']",
  ],
  [{ ' ': 1 }, 'Field name cannot contain only whitespace: [ ]'],
];

test.each(REFUSED)('%j is refused in the words of Elasticsearch', (source, reason, cause) => {
  const error = thrown(() => MAPPED.parse(source, { id: '1' }));
  expect(error.status).toBe(400);
  expect(error.message.replace(/^\[\d+:\d+\] /, '')).toBe(reason);
  expect((error.cause as Error | undefined)?.message).toBe(cause);
});

test.each([
  [{ n: ['1.5', '1e3', '', null, [7]] }, [1, 1000, 7]],
  [{ i: -1.9 }, [-1]],
  [{ b: [true, 'false', ''] }, [1, 0, 0]],
  [{ hf: 2.7 }, [2.69921875]],
  [{ d: ['2023-11-14T10:23:05,128Z', 1.5, '1700000000000'] }, [1_699_957_385_128, 1, 1_700_000_000_000]],
])('%j gives the numbers %j', (source, values) => {
  const [field] = MAPPED.parse(source).document.fields;
  expect(field).toMatchObject({ storage: 'numbers', values });
});

test('What is inside a disabled object is not looked at', () => {
  expect(MAPPED.parse({ en: 5 }).document.fields).toEqual([]);
  expect(MAPPED.parse({ en: { a: { b: 1 } } }).mapping).toBe(MAPPED);
});

test('A field met several times in one document gets all values', () => {
  expect(MAPPED.parse({ o: [{ x: 'a' }, { x: ['b'] }], 'o.x': 'c' }).document.fields).toEqual([
    { storage: 'terms', name: 'o.x', binary: false, values: ['a', 'b', 'c'] },
  ]);
});

test('Multi-fields get the same values, within their own bounds', () => {
  const mapping = createMapping({
    properties: { m: { ...STRING, fields: { k: { type: 'keyword', ignore_above: 3 } } } },
  });
  expect(mapping.parse({ m: ['Ab c', 'xy'] }).document.fields).toEqual([
    { storage: 'postings', name: 'm', terms: ['ab', 'c', 'xy'], positions: [0, 1, 102] },
    { storage: 'terms', name: 'm.k', binary: false, values: ['xy'] },
  ]);
});

test('Malformed values can be left out', () => {
  const mapping = createMapping({ properties: { n: { type: 'long', ignore_malformed: true } } });
  expect(mapping.parse({ n: ['a', 1, {}] }).document.fields).toMatchObject([{ values: [1] }]);
});

test('Names of the prototype are names like others', () => {
  const source: unknown = JSON.parse('{"__proto__": {"a": 1}, "constructor": 2, "toString": "x"}');
  const { mapping } = createMapping().parse(source);
  expect(mapping.field('__proto__.a')?.type).toBe('long');
  expect(mapping.field('constructor')?.type).toBe('long');
  expect(JSON.stringify(mapping)).toContain('"__proto__":{"properties":{"a":{"type":"long"}}}');
  expect(mapping.field('valueOf')).toBeUndefined();
});

test('A document nested deeper than any reader takes is refused, not a crash', () => {
  const source: unknown = JSON.parse(`{"n":${'['.repeat(5000)}1${']'.repeat(5000)}}`);
  expect(thrown(() => MAPPED.parse(source)).status).toBe(400);
  const objects: unknown = JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`);
  expect(thrown(() => MAPPED.parse(objects)).status).toBe(400);
});

test('The thousand-and-first field is refused', () => {
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`f${i}`, i]));
  const { mapping } = createMapping().parse(many);
  const properties = { ...(mapping.toJSON()['properties'] as object), more: { type: 'long' } };
  expect(thrown(() => createMapping({ properties })).message).toContain(
    'Limit of total fields [1000] has been exceeded',
  );
  expect(thrown(() => mapping.parse({ more: 1 })).message).toBe(
    'Limit of total fields [1000] has been exceeded while adding new fields [1]',
  );
});

test('dynamic: false stores what is new without a field', () => {
  const mapping = createMapping({ dynamic: false, properties: { n: { type: 'long' } } });
  expect(mapping.parse({ x: 1, n: 2 })).toMatchObject({ mapping: mapping, document: { fields: [{ name: 'n' }] } });
  expect(mapping.toJSON()).toEqual({ dynamic: 'false', properties: { n: { type: 'long' } } });
});

test.each([
  [{ a: 1, b: [1, 2.5] }, 'mapper [b] cannot be changed from type [long] to [float]'],
  [{ b: ['x', 1] }, 'mapper [b] cannot be changed from type [text] to [long]'],
  [{ h: { i: 1 }, 'h.i': 'x' }, 'mapper [h.i] cannot be changed from type [long] to [text]'],
  [{ k: [{ a: 1 }, 5] }, "can't merge a non object mapping [k] with an object mapping"],
])('%j contradicts itself', (source, reason) => {
  expect(thrown(() => createMapping().parse(source)).message).toBe(reason);
});

function refusal(field: string, type: string, value: string): string {
  return `failed to parse field [${field}] of type [${type}] in document with id '1'. Preview of field's value: '${value}'`;
}

function dateRefusal(value: string): string {
  return `failed to parse date field [${value}] with format [strict_date_optional_time||epoch_millis]`;
}

function thrown(run: () => unknown): ElasticError {
  try {
    run();
  } catch (error) {
    if (error instanceof ElasticError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

test.each(['text', 'keyword', 'long', 'double', 'date', 'boolean', 'ip', 'scaled_float'])(
  'an object with fields named like methods is refused by %s as any other object',
  (type) => {
    const parameters = type === 'scaled_float' ? { scaling_factor: 10 } : {};
    const mapping = createMapping({ properties: { a: { type, ...parameters } } });
    for (const value of [{ toString: 0 }, [{ valueOf: null, toString: 1 }]]) {
      expect(() => mapping.parse({ a: value })).toThrow(ElasticError);
    }
  },
);
