import { type FieldType, NOT_NUMBERS, NOT_POSTINGS } from '../leaf.ts';
import { mapperParsing } from '../definition.ts';
import { textOf } from './text.ts';
import { asText } from '../../wire/as-text.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const keyword: FieldType = {
  name: 'keyword',
  parameters: ['ignore_above', 'null_value', 'index', 'doc_values', 'norms', 'store', 'eager_global_ordinals'],
  build: (name, definition) => {
    const longest = readLimit(definition['ignore_above']);
    return {
      name,
      type: 'keyword',
      definition,
      changeable: ['ignore_above', 'eager_global_ordinals'],
      storage: 'terms',
      indexed: definition['index'] !== false,
      termOf: (value) => encoder.encode(textOf(value)),
      showTerm: (term) => decoder.decode(term),
      ...NOT_NUMBERS,
      ...NOT_POSTINGS,
      read: (values) => {
        const kept = values.map(textOf).filter((value) => value.length <= longest);
        return kept.length === 0 ? undefined : { storage: 'terms', name, binary: false, values: kept };
      },
    };
  },
};

/** @throws ElasticError 400 when it is no whole number */
function readLimit(value: unknown): number {
  if (value === undefined) return Number.POSITIVE_INFINITY;
  if (/^\d+$/.test(asText(value))) return Number(value);
  throw mapperParsing(`Failed to parse mapping: For input string: "${asText(value)}"`);
}
