import type { Bitset } from './bitset.ts';

/**
 * What a search sees of one immutable segment. Documents are numbered 0 … documentCount − 1.
 * Sections are read when first asked for; every method is synchronous because a search never waits between two documents.
 */
export interface Segment {
  readonly name: string;
  /** All documents, deleted ones included (Lucene's maxDoc). */
  readonly documentCount: number;
  /** Names of the fields that have a column or postings here. */
  fieldNames(): readonly string[];
  terms(field: string): TermsColumn | undefined;
  numbers(field: string): NumbersColumn | undefined;
  postings(field: string): Postings | undefined;
  /** Documents that have a value for the field; undefined when none has. */
  present(field: string): Bitset | undefined;
  identifier(document: number): string;
  /** Number of the document with this `_id`, or −1. */
  findIdentifier(identifier: string): number;
  sequenceNumber(document: number): number;
  version(document: number): number;
  routing(document: number): string | undefined;
  /** The `_source` as it was sent: UTF-8 JSON. */
  source(document: number): Uint8Array;
}

/** A segment and which of its documents are alive at one point in time. */
export interface SegmentView {
  readonly segment: Segment;
  /** Undefined when nothing is deleted. Never changed after publication. */
  readonly live: Bitset | undefined;
  readonly liveCount: number;
}

/** Unique terms in ascending order of their bytes (UTF-8 for keyword and text; 16 bytes for ip). An ordinal is a rank, from 0. */
export interface TermDictionary {
  readonly size: number;
  /** A view of the term's bytes; do not keep or change it. */
  bytes(ordinal: number): Uint8Array;
  /** The term decoded as UTF-8. */
  text(ordinal: number): string;
  /** The term's ordinal, or −(insertion point) − 1. */
  find(term: Uint8Array): number;
}

export type Ordinals = Uint8Array | Uint16Array | Uint32Array;

/**
 * Keywords (and ip addresses) of every document.
 * Single-valued (`offsets` undefined): `ordinals[document]` is ordinal + 1, or 0 when the document has no value.
 * Multi-valued: document d has ordinals[offsets[d]] … ordinals[offsets[d + 1] − 1], each ordinal + 1, ascending, without duplicates.
 */
export interface TermsColumn {
  readonly dictionary: TermDictionary;
  readonly ordinals: Ordinals;
  readonly offsets: Uint32Array | undefined;
}

/**
 * Numbers, dates (ms since 1970) and booleans (0, 1) of every document. The value at position i is `base + packed[i] / scale`.
 * Single-valued (`offsets` undefined): position = document; `present` tells which documents have one (undefined: all).
 * Multi-valued: document d has positions offsets[d] … offsets[d + 1] − 1, ascending, duplicates kept.
 */
export interface NumbersColumn {
  readonly minimum: number;
  readonly maximum: number;
  readonly base: number;
  readonly scale: number;
  readonly packed: Uint8Array | Uint16Array | Uint32Array | Float64Array;
  readonly offsets: Uint32Array | undefined;
  readonly present: Bitset | undefined;
}

/** The inverted index of one text field. */
export interface Postings {
  readonly dictionary: TermDictionary;
  /** Documents that have the field, deleted ones included: BM25's N. */
  readonly documentCount: number;
  /** Sum of the lengths of the field in all documents, in terms: BM25's avgdl × N. */
  readonly totalTermFrequency: number;
  /** Length of the field per document as Lucene's one-byte norm (SmallFloat.intToByte4). */
  readonly norms: Uint8Array;
  documentFrequency(ordinal: number): number;
  /** Documents (ascending) and how often each has the term. The arrays belong to the caller. */
  decode(ordinal: number): PostingList;
  /** The same with positions, one after the other: document i owns the next frequencies[i] of them. */
  decodePositions(ordinal: number): PostingList & { readonly positions: Uint32Array };
}

export interface PostingList {
  readonly documents: Uint32Array;
  readonly frequencies: Uint32Array;
}
