import type { Field, Mapping } from '../mapping/field.ts';
import type { ParsedField } from '../segment/parsed-document.ts';
import type { Searcher } from '../query/query.ts';
import { buildSegment } from '../segment/builder.ts';
import { asNumber, asText } from '../wire/as-text.ts';

/** Tests only: a searcher over plain documents, `perSegment` to a segment. `types` names the type of every field. */
export async function sampleSearcher(
  types: Readonly<Record<string, string>>,
  documents: readonly Record<string, unknown>[],
  perSegment: number = documents.length,
  index = 'sample',
): Promise<Searcher> {
  const segments = [];
  for (let start = 0; start < documents.length; start += perSegment) {
    const some = documents.slice(start, start + perSegment).map((document, i) => ({
      id: String(start + i),
      document: { fields: Object.entries(document).flatMap(([name, value]) => parseField(name, types[name]!, value)) },
      source: Buffer.from(JSON.stringify(document)),
      sequenceNumber: start + i,
      version: 1,
    }));
    const segment = await buildSegment(some);
    segments.push({ segment, live: undefined, liveCount: some.length });
  }
  return { index, mapping: sampleMapping(types), segments };
}

function parseField(name: string, type: string, value: unknown): ParsedField[] {
  const values = [value].flat().filter((item) => item !== null && item !== undefined);
  if (values.length === 0 || type === 'text') return [];
  if (type === 'keyword') {
    return [{ storage: 'terms', name, binary: false, values: [...new Set(values.map(String))] }];
  }
  return [{ storage: 'numbers', name, values: values.map(toNumber).toSorted((left, right) => left - right) }];
}

function toNumber(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : asNumber(value);
}

function sampleMapping(types: Readonly<Record<string, string>>): Mapping {
  const fields = new Map(Object.entries(types).map(([name, type]) => [name, sampleField(name, type)]));
  return {
    field: (name: string) => fields.get(name),
    fieldsMatching: (pattern: string) => [...fields.values()].filter(({ name }) => name === pattern || pattern === '*'),
  } as unknown as Mapping;
}

function sampleField(name: string, type: string): Field {
  return {
    name,
    type,
    storage: type === 'keyword' ? 'terms' : type === 'text' ? 'postings' : 'numbers',
    indexed: true,
    termOf: (value) => Buffer.from(asText(value)),
    numberOf: toNumber,
    showTerm: (term) => Buffer.from(term).toString(),
    showNumber(value) {
      if (type === 'boolean') return value === 0 ? 'false' : 'true';
      return type === 'date' ? new Date(value).toISOString() : undefined;
    },
    analyze: () => [],
  };
}
