import { ByteList, Uint32List } from './lists.ts';
import type { PostingsContents, SectionSink } from './sections.ts';
import { Bitset } from './bitset.ts';
import { type EncodedDictionary, sortTerms, writeDictionary } from './dictionary.ts';
import { lengthToNorm } from './norm.ts';

/** Collects one text field of a buffer, in document order. */
export class PostingsCollector {
  readonly storage = 'postings';
  private readonly numbers = new Map<string, number>();
  private readonly documents = new Uint32List();
  private readonly terms = new Uint32List();
  private readonly positions = new Uint32List();
  /** Documents that have the field, with or without a term, and how many terms they have. */
  private readonly holders = new Uint32List();
  private readonly lengths = new Uint32List();

  add(document: number, terms: readonly string[], positions: readonly number[]): void {
    for (let i = 0; i < terms.length; i++) {
      let number = this.numbers.get(terms[i]!);
      if (number === undefined) this.numbers.set(terms[i]!, (number = this.numbers.size));
      this.documents.push(document);
      this.terms.push(number);
      this.positions.push(positions[i]!);
    }
    this.holders.push(document);
    this.lengths.push(terms.length);
  }

  async write(sink: SectionSink, prefix: string, name: string, documentCount: number): Promise<PostingsContents> {
    const dictionary = sortTerms([...this.numbers.keys()], false);
    const size = dictionary.offsets.length - 1;
    const ordinals = this.terms.view().map((number) => dictionary.ordinals[number]!);
    const { starts, order } = groupByOrdinal(ordinals, size);
    const documents = this.documents.view();
    const positions = this.positions.view();
    const writer = new PostingsWriter();
    for (let ordinal = 0; ordinal < size; ordinal++) {
      for (let i = starts[ordinal]!; i < starts[ordinal + 1]!;) {
        const document = documents[order[i]!]!;
        let end = i + 1;
        while (end < starts[ordinal + 1]! && documents[order[end]!] === document) end++;
        writer.document(document, end - i);
        for (; i < end; i++) writer.position(positions[order[i]!]!);
      }
      writer.endTerm();
    }
    return writer.write(sink, prefix, name, dictionary, this.lengthsOf(documentCount));
  }

  private lengthsOf(documentCount: number): FieldLengths {
    const lengths = new FieldLengths(documentCount);
    const holders = this.holders.view();
    const counts = this.lengths.view();
    for (let i = 0; i < holders.length; i++) lengths.add(holders[i]!, lengthToNorm(counts[i]!));
    lengths.total = this.terms.length;
    return lengths;
  }
}

/** Counting sort: places of each ordinal's tokens, in document and position order because the sort is stable. */
function groupByOrdinal(ordinals: Uint32Array, size: number): { starts: Uint32Array; order: Uint32Array } {
  const starts = new Uint32Array(size + 1);
  for (const ordinal of ordinals) starts[ordinal + 1]!++;
  for (let i = 0; i < size; i++) starts[i + 1]! += starts[i]!;
  const next = starts.slice();
  const order = new Uint32Array(ordinals.length);
  for (let i = 0; i < ordinals.length; i++) order[next[ordinals[i]!]!++] = i;
  return { starts, order };
}

/** What BM25 needs of each document. */
export class FieldLengths {
  readonly norms: Uint8Array;
  readonly present: Bitset;
  /** Sum of the lengths before they were rounded to norms. */
  total = 0;

  constructor(documentCount: number) {
    this.norms = new Uint8Array(documentCount);
    this.present = new Bitset(documentCount);
  }

  add(document: number, norm: number): void {
    this.norms[document] = norm;
    this.present.add(document);
  }
}

/**
 * Encodes postings term by term, in the order of the dictionary.
 * Documents: varint (delta × 2 + 1) when the frequency is one, else varint (delta × 2) and varint frequency; the first delta is from −1
 * … so never below 1. Positions: varint deltas, starting again from 0 in each document.
 */
export class PostingsWriter {
  private readonly frequencies = new Uint32List();
  private readonly documentsAt = new Uint32List();
  private readonly positionsAt = new Uint32List();
  private readonly documents = new ByteList();
  private readonly positions = new ByteList();
  private lastDocument = -1;
  private lastPosition = 0;
  private count = 0;

  constructor() {
    this.documentsAt.push(0);
    this.positionsAt.push(0);
  }

  document(document: number, frequency: number): void {
    const delta = document - this.lastDocument;
    if (frequency === 1) this.documents.varint(delta * 2 + 1);
    else {
      this.documents.varint(delta * 2);
      this.documents.varint(frequency);
    }
    this.lastDocument = document;
    this.lastPosition = 0;
    this.count++;
  }

  position(position: number): void {
    this.positions.varint(position - this.lastPosition);
    this.lastPosition = position;
  }

  /** Positions already encoded for whole documents: they do not depend on the document's number. */
  encodedPositions(bytes: Uint8Array): void {
    this.positions.bytes(bytes);
  }

  endTerm(): void {
    this.frequencies.push(this.count);
    this.documentsAt.push(this.documents.length);
    this.positionsAt.push(this.positions.length);
    this.lastDocument = -1;
    this.count = 0;
  }

  async write(
    sink: SectionSink,
    prefix: string,
    name: string,
    dictionary: EncodedDictionary,
    lengths: FieldLengths,
  ): Promise<PostingsContents> {
    await writeDictionary(sink, prefix, dictionary);
    await sink.write(`${prefix}.frequencies`, this.frequencies.view());
    await sink.write(`${prefix}.documents.at`, this.documentsAt.view());
    await sink.write(`${prefix}.documents`, this.documents.view());
    await sink.write(`${prefix}.positions.at`, this.positionsAt.view());
    await sink.write(`${prefix}.positions`, this.positions.view());
    await sink.write(`${prefix}.norms`, lengths.norms);
    const everywhere = lengths.present.count() === lengths.norms.length;
    if (!everywhere) await sink.write(`${prefix}.present`, lengths.present.words);
    let documentCount = 0;
    for (const norm of lengths.norms) if (norm > 0) documentCount++;
    return { storage: 'postings', name, documentCount, totalTermFrequency: lengths.total, everywhere };
  }
}
