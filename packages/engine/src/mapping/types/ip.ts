import { queryRefused } from '../definition.ts';
import { parseAddress, showAddress } from '../address.ts';
import { type FieldType, NOT_NUMBERS, NOT_POSTINGS, ValueError } from '../leaf.ts';
import { asText } from '../../wire/as-text.ts';

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
      const address = parseAddress(asText(value));
      if (address) return address;
      throw queryRefused(`'${asText(value)}' is not an IP string literal.`);
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
  const text = asText(value);
  const before = recent.get(text);
  if (before !== undefined) return before;
  const address = parseAddress(text);
  if (!address) throw new ValueError(`'${text}' is not an IP string literal.`);
  const bytes = String.fromCharCode(...address);
  if (recent.size >= MOST_RECENT) recent.clear();
  recent.set(text, bytes);
  return bytes;
}

/** A log has the same clients again and again, and each twice a line: a third of the time to parse a document went here. */
const MOST_RECENT = 4096;
const recent = new Map<string, string>();
