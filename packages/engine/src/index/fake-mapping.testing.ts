import { ElasticError, unsupported } from '../errors.ts';
import type { Mapping } from '../mapping/field.ts';
import type { ParsedField } from '../segment/parsed-document.ts';

/** The least mapping that the index's tests need: strings are keywords, arrays of strings are text, numbers are numbers; names are learnt. */
export function createFakeMapping(body: unknown = {}): Mapping {
  const names = typeof body === 'object' && body !== null && 'names' in body ? (body.names as readonly string[]) : [];
  const mapping: Mapping = {
    field: () => undefined,
    fieldsMatching: () => [],
    merge: (change) => createFakeMapping({ names: [...names, ...(change as { names: readonly string[] }).names] }),
    parse: (source) => {
      if (typeof source !== 'object' || source === null) {
        throw new ElasticError(400, 'document_parsing_exception', 'Malformed content, must start with an object');
      }
      const fields = Object.entries(source).map(([name, value]) => parsedField(name, value));
      const fresh = fields.map(({ name }) => name).filter((name) => !names.includes(name));
      return {
        document: { fields },
        mapping: fresh.length === 0 ? mapping : createFakeMapping({ names: [...names, ...fresh] }),
      };
    },
    toJSON: () => ({ names }),
  };
  return mapping;
}

function parsedField(name: string, value: unknown): ParsedField {
  if (typeof value === 'string') return { storage: 'terms', name, binary: false, values: [value] };
  if (typeof value === 'number') return { storage: 'numbers', name, values: [value] };
  if (Array.isArray(value))
    return { storage: 'postings', name, terms: value.map(String), positions: value.map((_, i) => i) };
  throw unsupported(`a field of ${typeof value}`);
}
