import type { SectionSink, SectionSource } from './sections.ts';
import { allocate, viewAs, viewAsUint32, widthFor } from './widths.ts';

/**
 * Finds documents by `_id`: 32 bits of hash per document, ascending, and the document each belongs to.
 * In the largest segment (2 million) an absent `_id` meets a false hit once in two thousand lookups, and a hit is verified against the `_id`
 * itself; so more bits would cost memory and win nothing.
 */
export function findByHash(
  sections: SectionSource,
  documentCount: number,
  identifier: string,
  identifierOf: (document: number) => string,
): number {
  if (documentCount === 0) return -1;
  const hashes = viewAsUint32(sections.read('hashes'));
  const hash = hashIdentifier(identifier);
  let place = firstNotBelow(hashes, hash);
  if (hashes[place] !== hash) return -1;
  const documents = viewAs(widthFor(documentCount), sections.read('hashes.documents'));
  let found = -1;
  for (; hashes[place] === hash; place++) {
    const document = documents[place]!;
    // The same `_id` twice in a segment is an update before a refresh: the later document counts.
    if (document > found && identifierOf(document) === identifier) found = document;
  }
  return found;
}

/** MurmurHash3's mixing (Austin Appleby, public domain) over UTF-16 code units. */
export function hashIdentifier(identifier: string): number {
  let hash = identifier.length;
  for (let i = 0; i < identifier.length; i++) {
    let unit = Math.imul(identifier.charCodeAt(i), 0xcc9e_2d51);
    unit = (unit << 15) | (unit >>> 17);
    hash ^= Math.imul(unit, 0x1b87_3593);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe654_6b64) | 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Interpolation search: hashes are spread evenly, so the first guess is near; a binary search takes what is left. */
function firstNotBelow(hashes: Uint32Array, hash: number): number {
  let low = 0;
  let high = hashes.length;
  const guess = Math.floor((hash / 0x1_0000_0000) * hashes.length);
  for (let step = 64; guess - step > low; step *= 8) {
    if (hashes[guess - step]! < hash) {
      low = guess - step;
      break;
    }
  }
  for (let step = 64; guess + step < high; step *= 8) {
    if (hashes[guess + step]! >= hash) {
      high = guess + step;
      break;
    }
  }
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (hashes[middle]! < hash) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Sorts hash and document as one Float64: 32 bits of hash above 21 bits of document number are exact, and a typed array sorts natively.
 * @param hashes hash of each document; at most 2^21 documents
 */
export async function writeHashes(
  sink: SectionSink,
  hashes: Uint32Array,
  pause: () => Promise<void> | undefined = () => undefined,
): Promise<void> {
  const keys = await sortedKeys(hashes, pause);
  const sorted = new Uint32Array(hashes.length);
  const documents = allocate(widthFor(hashes.length), hashes.length);
  for (let i = 0; i < keys.length; i++) {
    const hash = Math.floor(keys[i]! / DOCUMENTS);
    sorted[i] = hash;
    documents[i] = keys[i]! - hash * DOCUMENTS;
  }
  await sink.write('hashes', sorted);
  await sink.write('hashes.documents', documents);
}

/** Most documents a segment can have, because of the key above. */
export const DOCUMENTS: number = 2 ** 21;

/** Splits by the top eight bits first, so that no single sort holds the event loop. */
async function sortedKeys(hashes: Uint32Array, pause: () => Promise<void> | undefined): Promise<Float64Array> {
  const starts = new Uint32Array(257);
  for (const hash of hashes) starts[(hash >>> 24) + 1]!++;
  for (let i = 0; i < 256; i++) starts[i + 1]! += starts[i]!;
  const next = starts.slice();
  const keys = new Float64Array(hashes.length);
  for (let document = 0; document < hashes.length; document++) {
    const hash = hashes[document]!;
    keys[next[hash >>> 24]!++] = hash * DOCUMENTS + document;
  }
  for (let i = 0; i < 256; i++) {
    keys.subarray(starts[i], starts[i + 1]).sort();
    await pause();
  }
  return keys;
}
