import { parseBlock } from '../mapping/address.ts';
import type { Field } from '../mapping/field.ts';
import { Bitset } from '../segment/bitset.ts';
import { fieldRange } from './field-range.ts';
import { cached, constantQuery, MATCH_NONE } from './matches.ts';
import { normlessTerm } from './normless-term.ts';
import { notSearchable } from './not-searchable.ts';
import { documentsBetween } from './numbers.ts';
import { documentsInRange, documentsInSet } from './ordinals.ts';
import type { Query, Searcher } from './query.ts';
import { ordinalOf } from './statistics.ts';
import { textTerm } from './text-term.ts';
import { asText } from '../wire/as-text.ts';

/**
 * Documents whose field has exactly this value. Text and keyword score by BM25, all else scores the boost.
 * @throws ElasticError 400 for a value the field's type cannot read
 */
export function fieldTerm(searcher: Searcher, field: Field | undefined, value: unknown, boost: number): Query {
  switch (field?.storage) {
    case undefined:
      return MATCH_NONE;
    case 'postings':
      return textTerm(searcher, field, asText(value), boost);
    case 'numbers':
      return numberTerm(searcher, field, value, boost);
    case 'terms':
      if (field.type === 'ip') return address(field, asText(value), boost);
      return keywordTerm(searcher, field, field.termOf(value), boost);
    case 'none':
      throw notSearchable(field.name);
  }
}

function keywordTerm(searcher: Searcher, field: Field, term: Uint8Array, boost: number): Query {
  return normlessTerm(searcher, field.name, boost, (view) => {
    return cached(view.segment, `= ${field.name} ${field.showTerm(term)}`, () => withTerms(view, field.name, [term]));
  });
}

/** A date that is not written out to the millisecond stands for all that it may be. */
function numberTerm(searcher: Searcher, field: Field, value: unknown, boost: number): Query {
  if (field.type === 'date')
    return fieldRange(field, { from: value, to: value, includeFrom: true, includeTo: true }, boost);
  const number = field.numberOf(value);
  const find = (view: View): Bitset => withNumber(view, field.name, number);
  if (field.type === 'boolean') return normlessTerm(searcher, field.name, boost, find);
  return constantQuery(`= ${field.name} ${number}`, boost, find);
}

/** Documents whose field has one of the values; all score the boost, as in Elasticsearch. */
export function fieldTerms(field: Field | undefined, values: readonly unknown[], boost: number): Query {
  if (!field) return MATCH_NONE;
  if (field.storage === 'none') throw notSearchable(field.name);
  const key = `in ${field.name} ${JSON.stringify(values)}`;
  if (field.storage === 'numbers') {
    const numbers = values.map((value) => field.numberOf(value));
    return constantQuery(key, boost, (view) =>
      union(
        view,
        numbers.map((number) => withNumber(view, field.name, number)),
      ),
    );
  }
  if (field.type === 'ip' && values.some((value) => asText(value).includes('/'))) {
    const queries = values.map((value) => address(field, asText(value), boost));
    return constantQuery(key, boost, (view) =>
      union(
        view,
        queries.map((query) => query.matches(view, { scores: false }).documents),
      ),
    );
  }
  const terms = values.map((value) =>
    field.storage === 'terms' ? field.termOf(value) : new TextEncoder().encode(asText(value)),
  );
  return constantQuery(key, boost, (view) => withTerms(view, field.name, terms));
}

type View = Parameters<Query['matches']>[0];

function withNumber({ segment }: View, field: string, number: number): Bitset {
  const column = segment.numbers(field);
  return column ? documentsBetween(column, segment.documentCount, number, number) : new Bitset(segment.documentCount);
}

function withTerms({ segment }: View, field: string, terms: readonly Uint8Array[]): Bitset {
  const column = segment.terms(field);
  if (column) {
    const ordinals = terms.map((term) => ordinalOf(column, term)).filter((ordinal) => ordinal >= 0);
    return documentsInSet(column, segment.documentCount, ordinals);
  }
  const documents = new Bitset(segment.documentCount);
  const postings = segment.postings(field);
  for (const term of postings ? terms : []) {
    const ordinal = ordinalOf(postings!, term);
    if (ordinal >= 0) for (const document of postings!.decode(ordinal).documents) documents.add(document);
  }
  return documents;
}

function union({ segment }: View, sets: readonly Bitset[]): Bitset {
  const all = new Bitset(segment.documentCount);
  for (const set of sets) all.or(set);
  return all;
}

/** An address, or all addresses of a block. */
function address(field: Field, value: string, boost: number): Query {
  const block = value.includes('/') ? parseBlock(value) : undefined;
  const first = block?.first ?? field.termOf(value);
  const last = block?.last ?? first;
  return constantQuery(`ip ${field.name} ${value}`, boost, ({ segment }) => {
    const column = segment.terms(field.name);
    if (!column) return new Bitset(segment.documentCount);
    const low = column.dictionary.find(first);
    const high = column.dictionary.find(last);
    return documentsInRange(column, segment.documentCount, low < 0 ? -low - 1 : low, high < 0 ? -high - 2 : high);
  });
}
