import { Uint32List } from './lists.ts';
import type { Ordinals } from './segment.ts';
import type { SectionSink, TermsContents } from './sections.ts';
import { sortTerms, writeDictionary } from './dictionary.ts';
import { allocate, widthFor } from './widths.ts';

/** Collects one keyword or ip field of a buffer, in document order. */
export class TermsCollector {
  readonly storage = 'terms';
  private readonly binary: boolean;
  private readonly numbers = new Map<string, number>();
  private readonly documents = new Uint32List();
  private readonly terms = new Uint32List();
  private lastDocument = -1;
  private multiple = false;

  constructor(binary: boolean) {
    this.binary = binary;
  }

  add(document: number, values: readonly string[]): void {
    for (const value of values) {
      let number = this.numbers.get(value);
      if (number === undefined) this.numbers.set(value, (number = this.numbers.size));
      if (document === this.lastDocument) this.multiple = true;
      this.lastDocument = document;
      this.documents.push(document);
      this.terms.push(number);
    }
  }

  async write(sink: SectionSink, prefix: string, name: string, documentCount: number): Promise<TermsContents> {
    const dictionary = sortTerms([...this.numbers.keys()], this.binary);
    await writeDictionary(sink, prefix, dictionary);
    const documents = this.documents.view();
    const ordinals = this.terms.view().map((number) => dictionary.ordinals[number]! + 1);
    const size = dictionary.offsets.length - 1;
    if (!this.multiple) {
      const column = allocate(widthFor(size), documentCount);
      for (let i = 0; i < documents.length; i++) column[documents[i]!] = ordinals[i]!;
      return writeColumn(sink, prefix, name, column as Ordinals, undefined);
    }
    const { offsets, column } = uniquePerDocument(documents, ordinals, documentCount, size);
    return writeColumn(sink, prefix, name, column, offsets);
  }
}

export async function writeColumn(
  sink: SectionSink,
  prefix: string,
  name: string,
  column: Ordinals,
  offsets: Uint32Array | undefined,
): Promise<TermsContents> {
  await sink.write(`${prefix}.ordinals`, column);
  if (offsets !== undefined) await sink.write(`${prefix}.at`, offsets);
  const width = column.BYTES_PER_ELEMENT as 1 | 2 | 4;
  return { storage: 'terms', name, width, multiple: offsets !== undefined };
}

function uniquePerDocument(
  documents: Uint32Array,
  ordinals: Uint32Array,
  documentCount: number,
  size: number,
): { offsets: Uint32Array; column: Ordinals } {
  const offsets = new Uint32Array(documentCount + 1);
  const column = allocate(widthFor(size), ordinals.length) as Ordinals;
  let kept = 0;
  let next = 0;
  for (let document = 0; document < documentCount; document++) {
    const start = next;
    while (next < documents.length && documents[next] === document) next++;
    const own = next - start > 1 ? ordinals.subarray(start, next).sort() : ordinals.subarray(start, next);
    for (let i = 0; i < own.length; i++) {
      if (i === 0 || own[i] !== own[i - 1]) column[kept++] = own[i]!;
    }
    offsets[document + 1] = kept;
  }
  return { offsets, column: column.slice(0, kept) };
}
