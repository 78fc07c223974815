import { ANALYZERS, type Analyzer } from '../../analysis/analyzer.ts';
import type { ParsedField } from '../../segment/parsed-document.ts';
import { type Definition, mapperParsing } from '../definition.ts';
import { type FieldType, type Leaf, NOT_NUMBERS, NOT_TERMS, ValueError } from '../leaf.ts';
import { asText } from '../../wire/as-text.ts';

/** Positions between two values of an array, so that no phrase spans them (Elasticsearch's position_increment_gap). */
const GAP = 100;

export const text: FieldType = {
  name: 'text',
  parameters: ['analyzer', 'search_analyzer', 'index', 'norms', 'store', 'eager_global_ordinals'],
  build: (name, definition) => leaf(name, 'text', definition),
};

/** As text, but every match scores 1: https://www.elastic.co/guide/en/elasticsearch/reference/8.11/text.html#match-only-text-field-type */
export const matchOnlyText: FieldType = {
  name: 'match_only_text',
  parameters: [],
  build: (name, definition) => leaf(name, 'match_only_text', definition),
};

function leaf(name: string, type: string, definition: Definition): Leaf {
  const analyzer = analyzerOf(definition['analyzer'], name);
  const searchAnalyzer =
    definition['search_analyzer'] === undefined ? analyzer : analyzerOf(definition['search_analyzer'], name);
  const indexed = definition['index'] !== false;
  return {
    name,
    type,
    definition,
    changeable: ['search_analyzer'],
    storage: indexed ? 'postings' : 'none',
    indexed,
    analyze: searchAnalyzer,
    ...NOT_TERMS,
    ...NOT_NUMBERS,
    read: (values) => (indexed ? analyzeAll(name, analyzer, values) : undefined),
  };
}

function analyzeAll(name: string, analyzer: Analyzer, values: readonly unknown[]): ParsedField {
  const terms: string[] = [];
  const positions: number[] = [];
  let base = 0;
  for (const value of values) {
    for (const { term, position } of analyzer(textOf(value))) {
      terms.push(term);
      positions.push(base + position);
    }
    base = (positions.at(-1) ?? -1) + 1 + GAP;
  }
  return { storage: 'postings', name, terms, positions };
}

function analyzerOf(name: unknown, field: string): Analyzer {
  const known = name === undefined || name === 'default' ? 'standard' : asText(name);
  if (Object.hasOwn(ANALYZERS, known)) return ANALYZERS[known]!;
  throw mapperParsing(
    `Failed to parse mapping: analyzer [${known}] has not been configured in mappings for field [${field}]`,
  );
}

/** Any scalar as text, as keyword and text fields take it. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new ValueError('Expected text but found START_OBJECT');
}
