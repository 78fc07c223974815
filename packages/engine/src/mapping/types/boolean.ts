import { queryRefused } from '../definition.ts';
import { type FieldType, NOT_POSTINGS, NOT_TERMS, ValueError } from '../leaf.ts';
import { asText } from '../../wire/as-text.ts';

export const boolean: FieldType = {
  name: 'boolean',
  parameters: ['null_value', 'index', 'doc_values', 'store', 'ignore_malformed'],
  build: (name, definition) => ({
    name,
    type: 'boolean',
    definition,
    changeable: [],
    storage: 'numbers',
    indexed: definition['index'] !== false,
    numberOf: (value) => {
      const number = value === '' ? undefined : booleanOf(value);
      if (number !== undefined) return number;
      throw queryRefused(`Can't parse boolean value [${asText(value)}], expected [true] or [false]`);
    },
    showNumber: (value) => (value === 1 ? 'true' : 'false'),
    ...NOT_TERMS,
    ...NOT_POSTINGS,
    read: (values) => ({ storage: 'numbers', name, values: values.map(readBoolean) }),
  }),
};

function readBoolean(value: unknown): number {
  const number = booleanOf(value);
  if (typeof value === 'number') throw new ValueError('Current token (VALUE_NUMBER_INT) not of boolean type');
  if (typeof value === 'object') throw new ValueError('Current token (START_OBJECT) not of boolean type');
  if (number === undefined)
    throw new ValueError(`Failed to parse value [${asText(value)}] as only [true] or [false] are allowed.`);
  return number;
}

function booleanOf(value: unknown): number | undefined {
  if (value === true || value === 'true') return 1;
  return value === false || value === 'false' || value === '' ? 0 : undefined;
}
