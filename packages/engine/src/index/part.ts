import { Bitset } from '../segment/bitset.ts';
import { SegmentBuilder } from '../segment/builder.ts';
import type { DiskSegment } from '../segment/segment-file.ts';
import type { SegmentView } from '../segment/segment.ts';
import type { StoredSegment } from '../segment/stored-segment.ts';

/**
 * One run of an index's documents and which of them are alive: first a buffer, then a segment in memory, later (merged) a segment on disk.
 * A document that is deleted is `removed` at once for writes and reads by `_id`, and leaves `live` at the next refresh for searches.
 */
export class Part {
  documents: SegmentBuilder | StoredSegment;
  readonly removed: Set<number> = new Set();
  /** The name of its file, on disk. */
  readonly file: string | undefined;
  /** Where `savedLive` is on disk. */
  liveFile: string | undefined;
  savedLive: Bitset | undefined;
  private live: Bitset | undefined;
  private liveDocuments = 0;
  /** Numbers of a buffer's documents, as far as they were looked for; a segment finds its own. */
  private readonly numbers = new Map<string, number>();
  private numbered = 0;
  private kept: SegmentView | undefined;

  private constructor(documents: SegmentBuilder | StoredSegment, file: string | undefined) {
    this.documents = documents;
    this.file = file;
  }

  static buffer(): Part {
    return new Part(new SegmentBuilder(), undefined);
  }

  static onDisk(segment: DiskSegment, file: string, live: Bitset | undefined, liveFile?: string): Part {
    const part = new Part(segment, file);
    part.live = live;
    part.liveDocuments = live === undefined ? segment.documentCount : live.count();
    part.liveFile = liveFile;
    part.savedLive = liveFile === undefined ? undefined : live;
    return part;
  }

  /** Undefined while it is a buffer. */
  get segment(): StoredSegment | undefined {
    return this.documents instanceof SegmentBuilder ? undefined : this.documents;
  }

  /** Undefined when nothing is deleted. */
  get liveSet(): Bitset | undefined {
    return this.live;
  }

  get liveCount(): number {
    return this.liveDocuments;
  }

  /** Rough bytes in memory; 0 for a part on disk, whose sections are the cache's. */
  get memoryBytes(): number {
    return this.file === undefined ? this.bytes : 0;
  }

  get bytes(): number {
    return this.documents instanceof SegmentBuilder ? this.documents.bytes : this.documents.byteLength;
  }

  /** The view that searches get; the same object until something changes. */
  view(): SegmentView | undefined {
    const { segment } = this;
    if (segment === undefined || this.liveDocuments === 0) return undefined;
    return (this.kept ??= { segment, live: this.live, liveCount: this.liveDocuments });
  }

  /** Number of the document that has the `_id` now, or −1. */
  find(id: string): number {
    const { documents } = this;
    const number =
      documents instanceof SegmentBuilder ? this.findInBuffer(id, documents) : documents.findIdentifier(id);
    return number === -1 || this.isRemoved(number) ? -1 : number;
  }

  isRemoved(document: number): boolean {
    return this.removed.has(document) || (this.live !== undefined && !this.live.has(document));
  }

  /** Turns a buffer into the segment that was built from it. */
  become(segment: StoredSegment): void {
    this.documents = segment;
    this.numbers.clear();
    this.liveDocuments = segment.documentCount;
    this.kept = undefined;
  }

  /** Takes documents away from searches to come. Searches under way keep the set they have. */
  hide(documents: readonly number[]): void {
    const live = this.live?.clone() ?? Bitset.full(this.documents.documentCount);
    for (const document of documents) {
      live.remove(document);
      this.removed.delete(document);
    }
    this.live = live;
    this.liveDocuments = live.count();
    this.kept = undefined;
  }

  /** Where ids are made by the engine nobody looks for them, so they are numbered only when somebody does. */
  private findInBuffer(id: string, builder: SegmentBuilder): number {
    for (; this.numbered < builder.documentCount; this.numbered++) {
      this.numbers.set(builder.identifier(this.numbered), this.numbered);
    }
    return this.numbers.get(id) ?? -1;
  }
}
