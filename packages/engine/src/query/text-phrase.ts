import { Bitset } from '../segment/bitset.ts';
import { unsupported } from '../errors.ts';
import type { Field } from '../mapping/field.ts';
import type { Token } from '../analysis/token.ts';
import type { Query, Searcher } from './query.ts';
import { inverseDocumentFrequency, termScorer } from './score.ts';
import { exactFrequency, sloppyFrequency } from './phrase-frequency.ts';
import { eachWithAll } from './phrase-places.ts';
import { textFrequency, textStatistics } from './statistics.ts';

/** Terms one after the other, as far apart as in the query. Scores as Lucene's PhraseQuery: the idf of all, how often the phrase stands. */
export function textPhrase(
  searcher: Searcher,
  field: Field,
  tokens: readonly Token[],
  { boost, slop }: { readonly boost: number; readonly slop: number },
): Query {
  if (slop > 0 && new Set(tokens.map(({ term }) => term)).size < tokens.length) {
    throw unsupported('a phrase with slop in which a word is repeated');
  }
  const terms = tokens.map(({ term, position }) => ({
    bytes: new TextEncoder().encode(term),
    position: position - tokens[0]!.position,
  }));
  const statistics = textStatistics(searcher, field.name);
  const idf = terms.reduce(
    (sum, { bytes }) =>
      sum + inverseDocumentFrequency(statistics.documentCount, textFrequency(searcher, field.name, bytes)),
    0,
  );
  const scorer = termScorer(statistics, Math.fround(idf), boost);
  const isConstant = field.type === 'match_only_text';
  return {
    matches: ({ segment }, { scores: wanted }) => {
      const documents = new Bitset(segment.documentCount);
      const postings = segment.postings(field.name);
      const scores = wanted && !isConstant ? new Float32Array(segment.documentCount) : undefined;
      if (postings) {
        eachWithAll(postings, terms, (document, places) => {
          const frequency = slop > 0 ? sloppyFrequency(places, terms, slop) : exactFrequency(places, terms);
          if (frequency === 0) return;
          documents.add(document);
          if (scores) scores[document] = scorer.score(frequency, postings.norms[document]!);
        });
      }
      return { documents, scores: scores ?? (wanted ? boost : 0) };
    },
  };
}
