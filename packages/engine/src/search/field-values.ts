import type { Field, Mapping } from '../mapping/field.ts';
import type { Segment } from '../segment/segment.ts';
import { isWhole } from '../aggregation/bound-field.ts';
import type { FieldRequest } from './body.ts';
import { fielddataDisabled } from '../wire/shard-failure.ts';
import { Double } from '../wire/json.ts';
import { isObject } from '../wire/options.ts';

/** The `fields` of a hit: values from its source in the form their types give them. Undefined when there are none. */
export function fieldsFromSource(
  requests: readonly FieldRequest[],
  mapping: Mapping,
  source: Uint8Array,
): Record<string, unknown[]> {
  const found: [string, unknown[]][] = [];
  if (requests.length === 0) return {};
  const document: unknown = JSON.parse(Buffer.from(source).toString());
  for (const { field: pattern, format } of requests) {
    for (const field of mapping.fieldsMatching(pattern)) {
      const values = valuesAt(document, field.name.split('.'), mapping);
      const shown = values.filter((value) => value !== null).map((value) => showValue(field, value, format));
      if (shown.length > 0) found.push([field.name, shown]);
    }
  }
  return Object.fromEntries(found);
}

/** The `docvalue_fields` of a hit: values from its columns, sorted. @throws ElasticError 400 for a text field. */
export function fieldsFromColumns(
  requests: readonly FieldRequest[],
  mapping: Mapping,
  index: string,
  segment: Segment,
  document: number,
): Record<string, unknown[]> {
  const found: [string, unknown[]][] = [];
  for (const { field: pattern, format } of requests) {
    for (const field of mapping.fieldsMatching(pattern)) {
      if (field.storage === 'postings') throw fielddataDisabled(field.name, index);
      const values =
        field.storage === 'terms' ? termsOf(field, segment, document) : numbersOf(field, segment, document, format);
      if (values.length > 0) found.push([field.name, values]);
    }
  }
  return Object.fromEntries(found);
}

/** Dotted and nested names lead to the same field; a sub-field (`message.keyword`) has the values of its parent. */
function valuesAt(value: unknown, path: readonly string[], mapping: Mapping): unknown[] {
  const values = descend(value, path);
  if (values.length > 0 || path.length < 2) return values;
  const parent = path.slice(0, -1);
  const storage = mapping.field(parent.join('.'))?.storage;
  return storage === undefined || storage === 'none' ? [] : descend(value, parent);
}

function descend(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => descend(item, path));
  if (path.length === 0) return isObject(value) ? [] : [value];
  if (!isObject(value)) return [];
  return path.flatMap((_, i) => {
    const name = path.slice(0, i + 1).join('.');
    return Object.hasOwn(value, name) ? descend(value[name], path.slice(i + 1)) : [];
  });
}

function showValue(field: Field, value: unknown, format: string | undefined): unknown {
  if (field.storage === 'numbers') {
    if (field.type === 'boolean') return field.numberOf(value) === 1;
    if (field.type.startsWith('date')) return field.showNumber(field.numberOf(value), format) ?? value;
    return showNumber(field, field.numberOf(value));
  }
  return field.storage === 'terms' ? field.showTerm(field.termOf(value)) : value;
}

function showNumber(field: Field, value: number): unknown {
  return isWhole(field) ? value : new Double(value);
}

function termsOf(field: Field, segment: Segment, document: number): unknown[] {
  const column = segment.terms(field.name);
  if (column === undefined) return [];
  const { dictionary, ordinals, offsets } = column;
  const codes =
    offsets === undefined
      ? [ordinals[document]!]
      : Array.from(ordinals.subarray(offsets[document], offsets[document + 1]));
  return codes.filter((code) => code > 0).map((code) => field.showTerm(dictionary.bytes(code - 1)));
}

function numbersOf(field: Field, segment: Segment, document: number, format: string | undefined): unknown[] {
  const column = segment.numbers(field.name);
  if (column === undefined) return [];
  const { base, scale, packed, offsets, present } = column;
  if (offsets === undefined && present?.has(document) === false) return [];
  const [start, end] = offsets === undefined ? [document, document + 1] : [offsets[document]!, offsets[document + 1]!];
  return Array.from(packed.subarray(start, end), (code) => {
    const value = base + code / scale;
    if (field.type === 'boolean') return value === 1;
    return field.showNumber(value, format) ?? showNumber(field, value);
  });
}
