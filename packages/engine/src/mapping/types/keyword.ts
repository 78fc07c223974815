import { type FieldType, NOT_NUMBERS, NOT_POSTINGS } from '../leaf.ts';
import { textOf } from './text.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const keyword: FieldType = {
  name: 'keyword',
  parameters: [
    'ignore_above',
    'null_value',
    'index',
    'doc_values',
    'norms',
    'store',
    'eager_global_ordinals',
    'time_series_dimension',
  ],
  build: (name, definition) => {
    const longest = Number(definition['ignore_above'] ?? Number.POSITIVE_INFINITY);
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
