import { expect, test } from 'vitest';
import { ElasticError } from '../errors.ts';
import { createMapping } from './mapping.ts';

const MAPPED = createMapping({
  properties: {
    n: { type: 'long' },
    t: { type: 'text' },
    k: { type: 'keyword' },
    d: { type: 'date' },
    o: { properties: { x: { type: 'keyword' } } },
  },
});

const CONFLICT = 'conflicts with existing mapper:\n\tCannot update parameter';

// Reasons as Elasticsearch 8.19 gave them.
test.each([
  [{ n: { type: 'text' } }, 'mapper [n] cannot be changed from type [long] to [text]'],
  [{ n: { properties: { x: { type: 'long' } } } }, "can't merge a non object mapping [n] with an object mapping"],
  [{ o: { type: 'long' } }, "can't merge a non object mapping [o] with an object mapping"],
  [{ t: { type: 'text', index: false } }, `Mapper for [t] ${CONFLICT} [index] from [true] to [false]`],
  [
    { k: { type: 'keyword', index: false, doc_values: false } },
    `Mapper for [k] ${CONFLICT} [index] from [true] to [false]\n\tCannot update parameter [doc_values] from [true] to [false]`,
  ],
  [
    { d: { type: 'date', format: 'epoch_millis' } },
    `Mapper for [d] ${CONFLICT} [format] from [strict_date_optional_time||epoch_millis] to [epoch_millis]`,
  ],
  [{ t: { type: 'text', analyzer: 'simple' } }, `Mapper for [t] ${CONFLICT} [analyzer] from [default] to [simple]`],
  [{ n: { type: 'long', null_value: 5 } }, `Mapper for [n] ${CONFLICT} [null_value] from [null] to [5]`],
])('%j is no change that indexed values could follow', (properties, reason) => {
  expect(refusal(() => MAPPED.merge({ properties }))).toBe(reason);
});

test.each([
  [{ k: { type: 'keyword', ignore_above: 10 } }, { k: { type: 'keyword', ignore_above: 10 } }],
  [{ n: { type: 'long', coerce: false } }, { n: { type: 'long', coerce: false } }],
  [
    { n: { type: 'long', fields: { k: { type: 'keyword' } } } },
    { n: { type: 'long', fields: { k: { type: 'keyword' } } } },
  ],
  [{ 'o.y': { type: 'ip' } }, { o: { properties: { x: { type: 'keyword' }, y: { type: 'ip' } } } }],
])('%j is a change that can be made', (properties, changed) => {
  const before = MAPPED.toJSON()['properties'] as object;
  expect(MAPPED.merge({ properties }).toJSON()).toEqual({ properties: { ...before, ...changed } });
});

test('A later mapping keeps the multi-fields and the options it does not name', () => {
  const mapping = createMapping({
    dynamic: 'strict',
    date_detection: false,
    _meta: { by: 'a test' },
    properties: { t: { type: 'text', fields: { k: { type: 'keyword' } } } },
  });
  expect(mapping.merge({ properties: { t: { type: 'text' } } }).toJSON()).toEqual(mapping.toJSON());
});

// What Elasticsearch 8.19 answered to these mappings.
test.each([
  [{ properties: { a: { type: 'foo' } } }, 'The mapper type [foo] declared on field [a] does not exist.'],
  [{ properties: { a: { type: 'long', foo: 1 } } }, 'unknown parameter [foo] on mapper [a] of type [long]'],
  [
    { properties: { a: { type: 'text', doc_values: true } } },
    'unknown parameter [doc_values] on mapper [a] of type [text]',
  ],
  [{ properties: { a: {} } }, 'No type specified for field [a]'],
  [{ properties: { a: { index: true } } }, 'No type specified for field [a]'],
  [{ properties: { a: 1 } }, 'Expected map for property [fields] on field [a] but got a class java.lang.String'],
  [{ properties: 1 }, 'properties must be a map type'],
  [{ foo: 1 }, 'Root mapping definition has unsupported parameters:  [foo : 1]'],
  [{ dynamic: 'x' }, 'Could not convert [dynamic.dynamic] to boolean'],
  [{ date_detection: 'x' }, 'Could not convert [date_detection] to boolean'],
  [{ properties: { a: { type: 'text', analyzer: 'foo' } } }, 'analyzer [foo] has not been configured in mappings'],
  [{ properties: { a: { type: 'keyword', ignore_above: 'x' } } }, 'For input string: "x"'],
  [{ properties: { a: { type: 'long', null_value: 'x' } } }, 'For input string: "x"'],
  [
    { properties: { a: { type: 'keyword', index: 'yes' } } },
    'Failed to parse value [yes] as only [true] or [false] are allowed.',
  ],
  [
    { properties: { a: { type: 'object', foo: 1 } } },
    'Mapping definition for [a] has unsupported parameters:  [foo : 1]',
  ],
  [
    { properties: { a: { type: 'alias', path: 'x' } } },
    'Invalid [path] value [x] for field alias [a]: an alias must refer to an existing field in the mappings.',
  ],
  [
    { properties: { a: { type: 'keyword', fields: { b: { type: 'object' } } } } },
    'Type [object] cannot be used in multi field',
  ],
  [{ properties: { '': { type: 'long' } } }, 'field name cannot be an empty string'],
  [{ dynamic: 'runtime' }, 'is not supported by the embedded engine'],
  [{ properties: { a: { type: 'nested' } } }, 'is not supported by the embedded engine'],
  [{ properties: { a: { type: 'keyword', normalizer: 'lowercase' } } }, 'is not supported by the embedded engine'],
  [{ _source: { enabled: false } }, 'is not supported by the embedded engine'],
])('The mapping %j is refused', (body, reason) => {
  expect(refusal(() => createMapping(body))).toContain(reason);
});

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ElasticError && error.status === 400) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}
