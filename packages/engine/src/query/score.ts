import { normToLength } from '../segment/norm.ts';

// Lucene 9's BM25Similarity in float32, step by step as Java computes it, with the factor k1 + 1 that Elasticsearch 8 keeps
// (LegacyBM25Similarity). org.apache.lucene.search.similarities.BM25Similarity
const { fround } = Math;
const K1 = fround(1.2);
const B = fround(0.75);
const LEGACY_FACTOR = fround(1 + K1);

/** What a field's lengths are on average, and over how many documents. */
export interface FieldStatistics {
  readonly documentCount: number;
  readonly totalTermFrequency: number;
}

/** Inverse document frequency as float32. */
export function inverseDocumentFrequency(documentCount: number, documentFrequency: number): number {
  return fround(Math.log(1 + (documentCount - documentFrequency + 0.5) / (documentFrequency + 0.5)));
}

/** Scores a term by how often it stands in a field of which length. */
export interface TermScorer {
  /** @param norm the field's length as its one-byte norm */
  score(frequency: number, norm: number): number;
}

export function termScorer(field: FieldStatistics, idf: number, boost: number): TermScorer {
  const weight = fround(fround(boost * LEGACY_FACTOR) * idf);
  const averageLength = fround(field.totalTermFrequency / field.documentCount);
  const inverses = Float32Array.from({ length: 256 }, (_, norm) => normInverse(normToLength(norm), averageLength));
  return {
    score: (frequency, norm) => fround(weight - fround(weight / fround(1 + fround(frequency * inverses[norm]!)))),
  };
}

function normInverse(length: number, averageLength: number): number {
  const share = fround(fround(B * fround(length)) / averageLength);
  return fround(1 / fround(K1 * fround(fround(1 - B) + share)));
}
