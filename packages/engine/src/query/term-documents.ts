import { Bitset } from '../segment/bitset.ts';
import type { Segment, TermDictionary } from '../segment/segment.ts';
import { documentsInSet } from './ordinals.ts';

/** Documents that have one of the accepted terms, in a keyword or a text field of a segment. */
export function documentsWithTerms(
  segment: Segment,
  field: string,
  accept: (dictionary: TermDictionary) => Iterable<number>,
): Bitset {
  const column = segment.terms(field);
  if (column) return documentsInSet(column, segment.documentCount, accept(column.dictionary));
  const documents = new Bitset(segment.documentCount);
  const postings = segment.postings(field);
  if (!postings) return documents;
  for (const ordinal of accept(postings.dictionary)) {
    for (const document of postings.decode(ordinal).documents) documents.add(document);
  }
  return documents;
}

/** Ordinals of the terms that fit a test, of those that begin with a prefix. */
export function* matchingOrdinals(
  dictionary: TermDictionary,
  prefix: string,
  fits: (term: string) => boolean,
): Generator<number> {
  const found = dictionary.find(new TextEncoder().encode(prefix));
  for (let ordinal = found < 0 ? -found - 1 : found; ordinal < dictionary.size; ordinal++) {
    const term = dictionary.text(ordinal);
    if (!term.startsWith(prefix)) return;
    if (fits(term)) yield ordinal;
  }
}
