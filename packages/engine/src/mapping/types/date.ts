import { ElasticError } from '../../errors.ts';
import { DEFAULT_DATE_FORMAT, type DateFormat, dateFormat } from '../date-format.ts';
import { type FieldType, NOT_POSTINGS, NOT_TERMS, ValueError } from '../leaf.ts';
import { asText } from '../../wire/as-text.ts';

export const date: FieldType = {
  name: 'date',
  parameters: ['format', 'ignore_malformed', 'null_value', 'index', 'doc_values', 'store', 'locale'],
  build: (name, definition) => {
    const written = asText(definition['format'] ?? DEFAULT_DATE_FORMAT);
    const format = dateFormat(written);
    return {
      name,
      type: 'date',
      definition,
      format: written,
      changeable: ['ignore_malformed'],
      storage: 'numbers',
      indexed: definition['index'] !== false,
      numberOf: (value) => {
        const time = timeOf(value, format);
        if (time !== undefined) return time;
        const reason = `failed to parse date field [${asText(value)}] with format [${written}]`;
        throw new ElasticError(400, 'parse_exception', `${reason}: [${reason}]`);
      },
      showNumber: (value, other) => (other === undefined ? format : dateFormat(other)).print(value),
      ...NOT_TERMS,
      ...NOT_POSTINGS,
      read: (values) => ({ storage: 'numbers', name, values: values.map((value) => readTime(value, format, written)) }),
    };
  },
};

function readTime(value: unknown, format: DateFormat, written: string): number {
  if (value === '') throw new ValueError('cannot parse empty datetime');
  if (typeof value === 'object') throw new ValueError('Expected text but found START_OBJECT');
  const time = timeOf(value, format);
  if (time === undefined)
    throw new ValueError(`failed to parse date field [${asText(value)}] with format [${written}]`);
  return time;
}

function timeOf(value: unknown, format: DateFormat): number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? format.parse(asText(value)) : undefined;
}
