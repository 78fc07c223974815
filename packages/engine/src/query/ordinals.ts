import { Bitset } from '../segment/bitset.ts';
import type { TermsColumn } from '../segment/segment.ts';

/** Documents with a value whose ordinal is in [first, last]. One pass over the column. */
export function documentsInRange(
  { ordinals, offsets }: TermsColumn,
  documentCount: number,
  first: number,
  last: number,
): Bitset {
  const documents = new Bitset(documentCount);
  if (first > last) return documents;
  const low = first + 1;
  const span = last - first;
  if (!offsets) {
    // Below `low`, missing values included, the difference wraps around to a large number.
    for (let i = 0; i < documentCount; i++) if ((ordinals[i]! - low) >>> 0 <= span) documents.add(i);
    return documents;
  }
  for (let i = 0; i < documentCount; i++) {
    for (let at = offsets[i]!; at < offsets[i + 1]!; at++) {
      if ((ordinals[at]! - low) >>> 0 <= span) {
        documents.add(i);
        break;
      }
    }
  }
  return documents;
}

/** Documents with a value whose ordinal is in the set. */
export function documentsInSet(
  { ordinals, offsets, dictionary }: TermsColumn,
  documentCount: number,
  wanted: Iterable<number>,
): Bitset {
  const documents = new Bitset(documentCount);
  const accepted = new Uint8Array(dictionary.size + 1);
  for (const ordinal of wanted) accepted[ordinal + 1] = 1;
  for (let i = 0; i < documentCount; i++) {
    const from = offsets ? offsets[i]! : i;
    const to = offsets ? offsets[i + 1]! : i + 1;
    for (let at = from; at < to; at++) {
      if (accepted[ordinals[at]!] === 1) documents.add(i);
    }
  }
  return documents;
}
