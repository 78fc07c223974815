import { Bitset } from './bitset.ts';
import { type Blobs, readBlobs } from './blobs.ts';
import { readDictionary } from './dictionary.ts';
import { findByHash } from './identifiers.ts';
import { readInteger } from './integers.ts';
import { FLOAT_BASE } from './numbers-column.ts';
import { StoredPostings } from './postings-reader.ts';
import type { FieldContents, NumbersContents, SectionSource, SegmentContents, TermsContents } from './sections.ts';
import type { NumbersColumn, Ordinals, Segment, TermsColumn } from './segment.ts';
import { viewAs, viewAsUint32 } from './widths.ts';

/** A segment over sections, wherever they are. Nothing of a section is read before it is asked for. */
export class StoredSegment implements Segment {
  readonly name: string;
  readonly documentCount: number;
  readonly contents: SegmentContents;
  readonly sections: SectionSource;
  private readonly places = new Map<string, number>();
  private readonly stores = new Map<string, Blobs>();

  constructor(name: string, contents: SegmentContents, sections: SectionSource) {
    this.name = name;
    this.documentCount = contents.documentCount;
    this.contents = contents;
    this.sections = sections;
    for (const [place, field] of contents.fields.entries()) this.places.set(field.name, place);
  }

  /** Bytes of its sections. */
  get byteLength(): number {
    return this.sections.byteLength;
  }

  fieldNames(): readonly string[] {
    return [...this.places.keys()];
  }

  /** The field's entry in the table of contents and the prefix of its sections. */
  field(name: string): { readonly contents: FieldContents; readonly prefix: string } | undefined {
    const place = this.places.get(name);
    return place === undefined ? undefined : { contents: this.contents.fields[place]!, prefix: String(place) };
  }

  terms(name: string): TermsColumn | undefined {
    const field = this.field(name);
    if (field?.contents.storage !== 'terms') return undefined;
    const dictionary = readDictionary(this.sections, field.prefix);
    return { dictionary, ...this.ordinalsOf(field.prefix, field.contents) };
  }

  numbers(name: string): NumbersColumn | undefined {
    const field = this.field(name);
    if (field?.contents.storage !== 'numbers') return undefined;
    const { minimum, maximum, base, scale, width, multiple } = field.contents;
    return {
      minimum,
      maximum,
      // JSON has no −0, and that is what a Float64 column is based on.
      base: width === 8 ? FLOAT_BASE : base,
      scale,
      packed: viewAs(width, this.sections.read(`${field.prefix}.numbers`)),
      offsets: multiple ? viewAsUint32(this.sections.read(`${field.prefix}.at`)) : undefined,
      present: field.contents.everywhere ? undefined : this.stored(field.prefix),
    };
  }

  postings(name: string): StoredPostings | undefined {
    const field = this.field(name);
    if (field?.contents.storage !== 'postings') return undefined;
    return new StoredPostings(this.sections, field.prefix, field.contents);
  }

  present(name: string): Bitset | undefined {
    const field = this.field(name);
    if (field === undefined) return undefined;
    const { contents, prefix } = field;
    const words = this.sections.derive(`${prefix}.presence`, () => this.presence(prefix, contents).words);
    return new Bitset(this.documentCount, words);
  }

  identifier(document: number): string {
    return decode(this.blobs('identifiers').get(document));
  }

  findIdentifier(identifier: string): number {
    return findByHash(this.sections, this.documentCount, identifier, (document) => this.identifier(document));
  }

  sequenceNumber(document: number): number {
    return readInteger(this.sections, 'sequence', this.contents.sequenceNumbers, document);
  }

  version(document: number): number {
    return readInteger(this.sections, 'versions', this.contents.versions, document);
  }

  routing(document: number): string | undefined {
    if (!this.contents.routed) return undefined;
    const routing = this.blobs('routings').get(document);
    return routing.length === 0 ? undefined : decode(routing);
  }

  source(document: number): Uint8Array {
    return this.blobs('sources').get(document);
  }

  /** Where the sources, `_id`s or routings are kept; for a merge, which copies whole blocks. */
  blobs(name: 'sources' | 'identifiers' | 'routings'): Blobs {
    let blobs = this.stores.get(name);
    if (blobs === undefined) this.stores.set(name, (blobs = readBlobs(this.sections, name, this.contents.deflated)));
    return blobs;
  }

  private ordinalsOf(prefix: string, contents: TermsContents): Omit<TermsColumn, 'dictionary'> {
    return {
      ordinals: viewAs(contents.width, this.sections.read(`${prefix}.ordinals`)) as Ordinals,
      offsets: contents.multiple ? viewAsUint32(this.sections.read(`${prefix}.at`)) : undefined,
    };
  }

  private presence(prefix: string, contents: FieldContents): Bitset {
    if (contents.storage !== 'terms') return this.storedPresence(prefix, contents);
    const { ordinals, offsets } = this.ordinalsOf(prefix, contents);
    const present = new Bitset(this.documentCount);
    for (let document = 0; document < this.documentCount; document++) {
      if (offsets === undefined ? ordinals[document] !== 0 : offsets[document] !== offsets[document + 1]) {
        present.add(document);
      }
    }
    return present;
  }

  private storedPresence(prefix: string, contents: Pick<NumbersContents, 'everywhere'>): Bitset {
    return contents.everywhere ? Bitset.full(this.documentCount) : this.stored(prefix);
  }

  private stored(prefix: string): Bitset {
    return new Bitset(this.documentCount, viewAsUint32(this.sections.read(`${prefix}.present`)));
  }
}

function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
