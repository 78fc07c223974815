import type { PostingList, Postings, TermDictionary } from './segment.ts';
import type { PostingsContents, SectionSource } from './sections.ts';
import { readDictionary } from './dictionary.ts';
import { viewAsUint32 } from './widths.ts';

/** Reads what PostingsWriter wrote; positions only when they are asked for. */
export class StoredPostings implements Postings {
  readonly dictionary: TermDictionary;
  readonly documentCount: number;
  readonly totalTermFrequency: number;
  readonly norms: Uint8Array;
  private readonly sections: SectionSource;
  private readonly prefix: string;
  private readonly frequencies: Uint32Array;
  private readonly documentsAt: Uint32Array;

  constructor(sections: SectionSource, prefix: string, contents: PostingsContents) {
    this.sections = sections;
    this.prefix = prefix;
    this.dictionary = readDictionary(sections, prefix);
    this.documentCount = contents.documentCount;
    this.totalTermFrequency = contents.totalTermFrequency;
    this.norms = sections.read(`${prefix}.norms`);
    this.frequencies = viewAsUint32(sections.read(`${prefix}.frequencies`));
    this.documentsAt = viewAsUint32(sections.read(`${prefix}.documents.at`));
  }

  documentFrequency(ordinal: number): number {
    return this.frequencies[ordinal]!;
  }

  decode(ordinal: number): PostingList {
    const count = this.frequencies[ordinal]!;
    const documents = new Uint32Array(count);
    const frequencies = new Uint32Array(count);
    const reader = new VarintReader(this.sections.read(`${this.prefix}.documents`), this.documentsAt[ordinal]!);
    let document = -1;
    for (let i = 0; i < count; i++) {
      const folded = reader.next();
      document += folded >>> 1;
      documents[i] = document;
      frequencies[i] = (folded & 1) === 1 ? 1 : reader.next();
    }
    return { documents, frequencies };
  }

  decodePositions(ordinal: number): PostingList & { readonly positions: Uint32Array } {
    const list = this.decode(ordinal);
    const total = list.frequencies.reduce((sum, frequency) => sum + frequency, 0);
    const positions = new Uint32Array(total);
    const reader = new VarintReader(this.sections.read(`${this.prefix}.positions`), this.positionsAt()[ordinal]!);
    let next = 0;
    for (const frequency of list.frequencies) {
      for (let i = 0, position = 0; i < frequency; i++) positions[next++] = position += reader.next();
    }
    return { ...list, positions };
  }

  /** One term's positions as they are stored, for a merge that keeps all of its documents. */
  encodedPositions(ordinal: number): Uint8Array {
    const at = this.positionsAt();
    return this.sections.read(`${this.prefix}.positions`).subarray(at[ordinal], at[ordinal + 1]);
  }

  private positionsAt(): Uint32Array {
    return viewAsUint32(this.sections.read(`${this.prefix}.positions.at`));
  }
}

export class VarintReader {
  offset: number;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array, offset = 0) {
    this.bytes = bytes;
    this.offset = offset;
  }

  /** @returns an unsigned integer below 2^32. */
  next(): number {
    let byte = this.bytes[this.offset++]!;
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    for (let shift = 7; ; shift += 7) {
      byte = this.bytes[this.offset++]!;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }
}
