import { Bitset } from './bitset.ts';
import { Float64List, Uint32List } from './lists.ts';
import type { NumbersContents, SectionSink } from './sections.ts';
import { type Packed, allocate, widthFor } from './widths.ts';

/** Collects one field of numbers, in document order: of a buffer, or of the segments a merge reads. */
export class NumbersCollector {
  readonly storage = 'numbers';
  private readonly documents = new Uint32List();
  private readonly values = new Float64List();
  private lastDocument = -1;
  private distinct = 0;

  get isEmpty(): boolean {
    return this.distinct === 0;
  }

  add(document: number, values: ArrayLike<number>): void {
    for (let i = 0; i < values.length; i++) this.addOne(document, values[i]!);
  }

  addOne(document: number, value: number): void {
    if (document !== this.lastDocument) this.distinct++;
    this.lastDocument = document;
    this.documents.push(document);
    this.values.push(value);
  }

  async write(sink: SectionSink, prefix: string, name: string, documentCount: number): Promise<NumbersContents> {
    const documents = this.documents.view();
    const values = this.values.view();
    const multiple = this.distinct < documents.length;
    const everywhere = this.distinct === documentCount;
    if (multiple) sortWithinDocuments(documents, values);
    const { base, scale, packed, minimum, maximum } = pack(values);
    const width = packed.BYTES_PER_ELEMENT as 1 | 2 | 4 | 8;
    if (multiple) {
      await sink.write(`${prefix}.numbers`, packed);
      await sink.write(`${prefix}.at`, offsetsOf(documents, documentCount));
    } else {
      await sink.write(`${prefix}.numbers`, everywhere ? packed : spread(packed, documents, documentCount));
    }
    if (!everywhere) await sink.write(`${prefix}.present`, presence(documents, documentCount));
    return { storage: 'numbers', name, minimum, maximum, base, scale, width, multiple, everywhere };
  }
}

interface PackedNumbers {
  readonly minimum: number;
  readonly maximum: number;
  readonly base: number;
  readonly scale: number;
  readonly packed: Packed;
}

/** Packs values so that `base + packed / scale` gives back each of them to the bit; as Float64 when nothing narrower does. */
export function pack(values: Float64Array): PackedNumbers {
  let minimum = Infinity;
  let maximum = -Infinity;
  for (const value of values) {
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  for (const scale of [1, 10, 100, 1000]) {
    // Beside a whole base a decimal is rounded twice, so base 0 is best where it can be: packed / scale alone is exact.
    const base = scale === 1 ? minimum : minimum >= 0 ? 0 : Math.floor(minimum);
    const reach = Math.round((maximum - base) * scale);
    if (!(reach <= 0xffff_ffff) || !comesBack(values, base, scale)) continue;
    const packed = allocate(widthFor(reach), values.length);
    for (let i = 0; i < values.length; i++) packed[i] = Math.round((values[i]! - base) * scale);
    return { minimum, maximum, base, scale, packed };
  }
  return { minimum, maximum, base: FLOAT_BASE, scale: 1, packed: values.slice() };
}

/** The neutral element of addition is −0: 0 + −0 would be 0. */
export const FLOAT_BASE: number = -0;

function comesBack(values: Float64Array, base: number, scale: number): boolean {
  for (const value of values) {
    if (!Object.is(base + Math.round((value - base) * scale) / scale, value)) return false;
  }
  return true;
}

function sortWithinDocuments(documents: Uint32Array, values: Float64Array): void {
  let start = 0;
  while (start < documents.length) {
    let end = start + 1;
    while (end < documents.length && documents[end] === documents[start]) end++;
    if (end - start > 1) values.subarray(start, end).sort();
    start = end;
  }
}

/** Where each document's values begin, from the ascending document numbers of all values. */
function offsetsOf(documents: Uint32Array, documentCount: number): Uint32Array {
  const offsets = new Uint32Array(documentCount + 1);
  for (const document of documents) offsets[document + 1]!++;
  for (let i = 0; i < documentCount; i++) offsets[i + 1]! += offsets[i]!;
  return offsets;
}

function spread(packed: Packed, documents: Uint32Array, documentCount: number): Packed {
  const column = allocate(packed.BYTES_PER_ELEMENT as 1 | 2 | 4 | 8, documentCount);
  for (let i = 0; i < documents.length; i++) column[documents[i]!] = packed[i]!;
  return column;
}

function presence(documents: Uint32Array, documentCount: number): Uint32Array {
  const present = new Bitset(documentCount);
  for (const document of documents) present.add(document);
  return present.words;
}
