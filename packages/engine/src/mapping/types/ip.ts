import { ElasticError } from '../../errors.ts';
import { parseAddress, showAddress } from '../address.ts';
import { type FieldType, NOT_NUMBERS, NOT_POSTINGS, ValueError } from '../leaf.ts';

export const ip: FieldType = {
  name: 'ip',
  parameters: ['ignore_malformed', 'null_value', 'index', 'doc_values', 'store'],
  build: (name, definition) => ({
    name,
    type: 'ip',
    definition,
    changeable: ['ignore_malformed'],
    storage: 'terms',
    indexed: definition['index'] !== false,
    termOf: (value) => {
      const address = parseAddress(String(value));
      if (address) return address;
      throw new ElasticError(400, 'illegal_argument_exception', `'${String(value)}' is not an IP string literal.`);
    },
    showTerm: showAddress,
    ...NOT_NUMBERS,
    ...NOT_POSTINGS,
    read: (values) => ({ storage: 'terms', name, binary: true, values: values.map(addressBytes) }),
  }),
};

/** An address as 16 characters of one byte each. */
function addressBytes(value: unknown): string {
  if (typeof value === 'object') throw new ValueError('Expected text but found START_OBJECT');
  const address = parseAddress(String(value));
  if (!address) throw new ValueError(`'${String(value)}' is not an IP string literal.`);
  return String.fromCharCode(...address);
}
