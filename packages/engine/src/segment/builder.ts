import type { ParsedDocument, ParsedField } from './parsed-document.ts';
import { BlobList } from './blob-list.ts';
import { hashIdentifier, writeHashes } from './identifiers.ts';
import { writeIntegers } from './integers.ts';
import { Float64List, Uint32List } from './lists.ts';
import { NumbersCollector } from './numbers-column.ts';
import { PostingsCollector } from './postings-writer.ts';
import { type FieldContents, MemorySections, type SegmentContents } from './sections.ts';
import { StoredSegment } from './stored-segment.ts';
import { TermsCollector } from './terms-column.ts';

/** A document as the builder takes it: parsed, numbered, versioned. */
export interface IndexedDocument {
  readonly id: string;
  readonly document: ParsedDocument;
  /** UTF-8 JSON as it was sent. */
  readonly source: Uint8Array;
  readonly sequenceNumber: number;
  readonly version: number;
  readonly routing?: string | undefined;
}

/** Builds a segment in memory, to search at once. */
export async function buildSegment(documents: Iterable<IndexedDocument>, name = 'memory'): Promise<StoredSegment> {
  const builder = new SegmentBuilder();
  for (const document of documents) builder.add(document);
  return builder.build(name);
}

type Collector = TermsCollector | NumbersCollector | PostingsCollector;

/** Takes documents one by one into typed columns; `build` sorts and packs them. */
export class SegmentBuilder {
  /** Rough bytes held, for deciding when to flush. */
  bytes = 0;
  private readonly collectors = new Map<string, Collector>();
  private readonly identifiers = new BlobList();
  private readonly hashes = new Uint32List();
  private readonly sources = new BlobList();
  private readonly routings = new Map<number, string>();
  private readonly sequenceNumbers = new Float64List();
  private readonly versions = new Float64List();

  get documentCount(): number {
    return this.identifiers.count;
  }

  /** @returns the document's number. */
  add(added: IndexedDocument): number {
    const number = this.identifiers.count;
    this.identifiers.addText(added.id);
    this.hashes.push(hashIdentifier(added.id));
    this.sources.add(added.source);
    if (added.routing !== undefined) this.routings.set(number, added.routing);
    this.sequenceNumbers.push(added.sequenceNumber);
    this.versions.push(added.version);
    for (const field of added.document.fields) this.addField(number, field);
    this.bytes += added.source.length + DOCUMENT_BYTES;
    return number;
  }

  identifier(document: number): string {
    return this.identifiers.get(document).toString();
  }

  source(document: number): Uint8Array {
    return this.sources.get(document);
  }

  routing(document: number): string | undefined {
    return this.routings.get(document);
  }

  sequenceNumber(document: number): number {
    return this.sequenceNumbers.view()[document]!;
  }

  version(document: number): number {
    return this.versions.view()[document]!;
  }

  /**
   * @param pause called between fields; what it returns is awaited, so that a large build need not hold the event loop.
   * Nothing may be added once building has begun.
   */
  async build(name: string, pause: () => Promise<void> | undefined = () => undefined): Promise<StoredSegment> {
    const sections = new MemorySections();
    const fields: FieldContents[] = [];
    for (const [fieldName, collector] of this.collectors) {
      fields.push(await collector.write(sections, String(fields.length), fieldName, this.documentCount));
      await pause();
    }
    await this.identifiers.write(sections, 'identifiers');
    await writeHashes(sections, this.hashes.view(), pause);
    await this.sources.write(sections, 'sources');
    if (this.routings.size > 0) await this.writeRoutings(sections);
    const contents: SegmentContents = {
      documentCount: this.documentCount,
      fields,
      sequenceNumbers: await writeIntegers(sections, 'sequence', this.sequenceNumbers.view(), 1),
      versions: await writeIntegers(sections, 'versions', this.versions.view(), 0),
      deflated: false,
      routed: this.routings.size > 0,
    };
    return new StoredSegment(name, contents, sections);
  }

  private async writeRoutings(sections: MemorySections): Promise<void> {
    const routings = new BlobList();
    for (let document = 0; document < this.documentCount; document++) {
      routings.addText(this.routings.get(document) ?? '');
    }
    await routings.write(sections, 'routings');
  }

  private addField(document: number, field: ParsedField): void {
    if (field.storage !== 'postings' && field.values.length === 0) return;
    let collector = this.collectors.get(field.name);
    if (collector === undefined) this.collectors.set(field.name, (collector = collectorFor(field)));
    if (field.storage === 'terms' && collector.storage === 'terms') collector.add(document, field.values);
    else if (field.storage === 'numbers' && collector.storage === 'numbers') collector.add(document, field.values);
    else if (field.storage === 'postings' && collector.storage === 'postings') {
      collector.add(document, field.terms, field.positions);
    } else throw new Error(`field [${field.name}] is stored both as ${collector.storage} and as ${field.storage}`);
  }
}

/** Roughly what columns, postings and the `_id` of a small document take beside its source. */
const DOCUMENT_BYTES = 300;

function collectorFor(field: ParsedField): Collector {
  if (field.storage === 'terms') return new TermsCollector(field.binary);
  return field.storage === 'numbers' ? new NumbersCollector() : new PostingsCollector();
}
