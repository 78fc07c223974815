import type { Postings, TermsColumn } from '../segment/segment.ts';
import type { Searcher } from './query.ts';
import type { FieldStatistics } from './score.ts';

/** Sums over all segments of an index, deleted documents included, as Lucene's statistics are. */
export function textStatistics(searcher: Searcher, field: string): FieldStatistics {
  let documentCount = 0;
  let totalTermFrequency = 0;
  for (const { segment } of searcher.segments) {
    const postings = segment.postings(field);
    if (!postings) continue;
    documentCount += postings.documentCount;
    totalTermFrequency += postings.totalTermFrequency;
  }
  return { documentCount, totalTermFrequency };
}

/** In how many documents of the index a term of a text field stands. */
export function textFrequency(searcher: Searcher, field: string, term: Uint8Array): number {
  let documents = 0;
  for (const { segment } of searcher.segments) {
    const postings = segment.postings(field);
    const ordinal = postings ? ordinalOf(postings, term) : -1;
    if (postings && ordinal >= 0) documents += postings.documentFrequency(ordinal);
  }
  return documents;
}

/** The statistics of a keyword or boolean field: each value of a document counts once. */
export function valueStatistics(searcher: Searcher, field: string): FieldStatistics {
  let documentCount = 0;
  let totalTermFrequency = 0;
  for (const { segment } of searcher.segments) {
    const { offsets } = segment.terms(field) ?? segment.numbers(field) ?? {};
    const documents = segment.present(field)?.count() ?? 0;
    documentCount += documents;
    totalTermFrequency += offsets?.at(-1) ?? documents;
  }
  return { documentCount, totalTermFrequency };
}

export function ordinalOf({ dictionary }: Postings | TermsColumn, term: Uint8Array): number {
  return Math.max(-1, dictionary.find(term));
}
