import { Bitset } from '../segment/bitset.ts';
import type { Field } from '../mapping/field.ts';
import type { Query, Searcher } from './query.ts';
import { inverseDocumentFrequency, termScorer } from './score.ts';
import { ordinalOf, textFrequency, textStatistics } from './statistics.ts';
import { constantQuery } from './matches.ts';

const encoder = new TextEncoder();

/** One term of a text field, by BM25. Of a match_only_text field every match scores the boost. */
export function textTerm(searcher: Searcher, field: Field, term: string, boost: number): Query {
  const bytes = encoder.encode(term);
  if (field.type === 'match_only_text')
    return constantQuery(`text ${field.name} ${term}`, boost, (view) => documentsOf(view, field.name, bytes));
  const statistics = textStatistics(searcher, field.name);
  const idf = inverseDocumentFrequency(statistics.documentCount, textFrequency(searcher, field.name, bytes));
  const scorer = termScorer(statistics, idf, boost);
  return {
    matches: ({ segment }, { scores: wanted }) => {
      const documents = new Bitset(segment.documentCount);
      const postings = segment.postings(field.name);
      const ordinal = postings ? ordinalOf(postings, bytes) : -1;
      if (!postings || ordinal < 0) return { documents, scores: 0 };
      const found = postings.decode(ordinal);
      for (const document of found.documents) documents.add(document);
      if (!wanted) return { documents, scores: 0 };
      const scores = new Float32Array(segment.documentCount);
      for (let i = 0; i < found.documents.length; i++) {
        const document = found.documents[i]!;
        scores[document] = scorer.score(found.frequencies[i]!, postings.norms[document]!);
      }
      return { documents, scores };
    },
  };
}

function documentsOf({ segment }: Parameters<Query['matches']>[0], field: string, term: Uint8Array): Bitset {
  const documents = new Bitset(segment.documentCount);
  const postings = segment.postings(field);
  const ordinal = postings ? ordinalOf(postings, term) : -1;
  if (postings && ordinal >= 0) for (const document of postings.decode(ordinal).documents) documents.add(document);
  return documents;
}
