import type { TermDictionary } from './segment.ts';
import type { SectionSink, SectionSource } from './sections.ts';
import { viewAsUint32 } from './widths.ts';

/** Terms one after the other, and where each begins. Nothing is decoded before it is asked for. */
export class StoredDictionary implements TermDictionary {
  readonly size: number;
  private readonly offsets: Uint32Array;
  private readonly data: Buffer;

  constructor(offsets: Uint32Array, data: Uint8Array) {
    this.offsets = offsets;
    this.data = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    this.size = offsets.length - 1;
  }

  bytes(ordinal: number): Uint8Array {
    return this.data.subarray(this.offsets[ordinal]!, this.offsets[ordinal + 1]!);
  }

  text(ordinal: number): string {
    return this.data.toString('utf8', this.offsets[ordinal]!, this.offsets[ordinal + 1]!);
  }

  find(term: Uint8Array): number {
    let low = 0;
    let high = this.size - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const order = this.compare(middle, term);
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return -low - 1;
  }

  /** Below 0 when the term of the ordinal comes before `term`. */
  private compare(ordinal: number, term: Uint8Array): number {
    const start = this.offsets[ordinal]!;
    const length = this.offsets[ordinal + 1]! - start;
    const shared = Math.min(length, term.length);
    for (let i = 0; i < shared; i++) {
      const order = this.data[start + i]! - term[i]!;
      if (order !== 0) return order;
    }
    return length - term.length;
  }
}

export function readDictionary(sections: SectionSource, prefix: string): StoredDictionary {
  return new StoredDictionary(viewAsUint32(sections.read(`${prefix}.terms.at`)), sections.read(`${prefix}.terms`));
}

export async function writeDictionary(sink: SectionSink, prefix: string, dictionary: EncodedDictionary): Promise<void> {
  await sink.write(`${prefix}.terms.at`, dictionary.offsets);
  await sink.write(`${prefix}.terms`, dictionary.data);
}

export interface EncodedDictionary {
  readonly offsets: Uint32Array;
  readonly data: Uint8Array;
}

/**
 * Sorts the terms of a builder by their bytes.
 * @returns the dictionary, and the ordinal of each term in the order they were given. Strings that differ in lone surrogates alone
 * have the same bytes (U+FFFD), so they get the same ordinal.
 */
export function sortTerms(
  terms: readonly string[],
  binary: boolean,
): EncodedDictionary & { readonly ordinals: Uint32Array } {
  const encoding = binary ? 'latin1' : 'utf8';
  const order = sortedPlaces(terms, binary);
  const ordinals = new Uint32Array(terms.length);
  const offsets = [0];
  let bytes: Buffer = Buffer.allocUnsafeSlow(Math.max(64, terms.length * 12));
  let length = 0;
  let last = '';
  for (const place of order) {
    const term = terms[place]!;
    if (bytes.length < length + term.length * 3) bytes = enlarge(bytes, length + term.length * 3);
    const written = bytes.write(term, length, encoding);
    const start = offsets[offsets.length - 2] ?? 0;
    if (offsets.length === 1 || !repeats(bytes, start, length, written, term, last)) {
      length += written;
      offsets.push(length);
    }
    ordinals[place] = offsets.length - 2;
    last = term;
  }
  return { offsets: Uint32Array.from(offsets), data: new Uint8Array(bytes.subarray(0, length)), ordinals };
}

/** Places of the terms in order of their bytes. UTF-16 order, which is what comparing strings gives, differs only where surrogates are. */
function sortedPlaces(terms: readonly string[], binary: boolean): Uint32Array {
  const places = Uint32Array.from(terms, (_, place) => place);
  if (!binary && terms.some((term) => SURROGATE.test(term))) {
    const encoded = terms.map((term) => Buffer.from(term));
    return places.sort((a, b) => Buffer.compare(encoded[a]!, encoded[b]!));
  }
  return places.sort((a, b) => (terms[a]! < terms[b]! ? -1 : 1));
}

const SURROGATE = /[\ud800-\udfff]/;

/** Whether the term just written at `length` has the bytes of the one before it: possible only for strings that are not well formed. */
function repeats(bytes: Buffer, start: number, length: number, written: number, term: string, last: string): boolean {
  if (written !== length - start || !SURROGATE.test(term) || !SURROGATE.test(last)) return false;
  return bytes.compare(bytes, start, length, length, length + written) === 0;
}

function enlarge(bytes: Buffer, needed: number): Buffer {
  const larger = Buffer.allocUnsafeSlow(needed * 2);
  bytes.copy(larger);
  return larger;
}
