import { Bitset } from '../segment/bitset.ts';
import { unsupported } from '../errors.ts';
import type { Field, Token } from '../mapping/field.ts';
import type { Postings } from '../segment/segment.ts';
import type { Query, Searcher } from './query.ts';
import { inverseDocumentFrequency, termScorer } from './score.ts';
import { type PhraseTerm, sloppyFrequencies } from './sloppy-phrase.ts';
import { ordinalOf, textFrequency, textStatistics } from './statistics.ts';

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
      for (const [document, frequency] of postings ? phraseFrequencies(postings, terms, slop) : []) {
        documents.add(document);
        if (scores) scores[document] = scorer.score(frequency, postings!.norms[document]!);
      }
      return { documents, scores: scores ?? (wanted ? boost : 0) };
    },
  };
}

/** Documents with the phrase, and how often each has it. */
function phraseFrequencies(postings: Postings, terms: readonly PhraseTerm[], slop: number): Map<number, number> {
  if (slop > 0) return sloppyFrequencies(postings, terms, slop);
  let starts: Map<number, readonly number[]> | undefined;
  for (const { bytes, position } of terms) {
    const ordinal = ordinalOf(postings, bytes);
    if (ordinal < 0) return new Map();
    starts = continueAt(starts, postings, ordinal, position);
  }
  return new Map([...(starts ?? [])].map(([document, positions]) => [document, positions.length]));
}

/** Keeps, of the places where the phrase may start, those that also have this term where it must stand. */
function continueAt(
  starts: Map<number, readonly number[]> | undefined,
  postings: Postings,
  ordinal: number,
  behind: number,
): Map<number, readonly number[]> {
  const { documents, frequencies, positions } = postings.decodePositions(ordinal);
  const kept = new Map<number, readonly number[]>();
  let at = 0;
  for (let i = 0; i < documents.length; i++) {
    const document = documents[i]!;
    const here = positions.subarray(at, (at += frequencies[i]!));
    const before = starts?.get(document);
    if (starts && !before) continue;
    const candidates = Array.from(here, (position) => position - behind);
    const remaining = before ? candidates.filter((start) => before.includes(start)) : candidates;
    if (remaining.length > 0) kept.set(document, remaining);
  }
  return kept;
}
