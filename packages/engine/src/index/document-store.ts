import { Bitset } from '../segment/bitset.ts';
import { type IndexedDocument, SegmentBuilder } from '../segment/builder.ts';
import { type MergeInput, numberDocuments } from '../segment/merge.ts';
import { Pacer } from '../segment/pacer.ts';
import type { SegmentView } from '../segment/segment.ts';
import type { DocumentState } from './conflict.ts';
import { Mutex } from './mutex.ts';
import type { StoredDocument } from './operation.ts';
import { Part } from './part.ts';

/**
 * All documents of one index, as far as they are durable: parts from oldest to newest, the last of which is the buffer that takes writes.
 * It knows nothing of the disk. At most one document of an `_id` is alive over all parts.
 */
export class DocumentStore {
  /** What searches see: as of the last refresh. */
  views: readonly SegmentView[] = [];
  private parts: Part[];
  private buffer = Part.buffer();
  private built = 0;
  /** Deleted `_id`s of the last minute, whose versions go on if they come back (Elasticsearch's index.gc_deletes). */
  private readonly tombstones = new Map<string, DocumentState & { readonly at: number }>();
  /** Refreshes and replacements of parts exclude each other. */
  private readonly publishing = new Mutex();

  constructor(parts: readonly Part[]) {
    this.parts = [...parts, this.buffer];
    this.publish();
  }

  /** Parts that are segments, oldest first. */
  segments(): readonly Part[] {
    return this.parts.filter((part) => part.segment !== undefined);
  }

  /** Rough bytes and number of the documents that are not on disk as a segment. */
  inMemory(): { readonly bytes: number; readonly documents: number } {
    let bytes = 0;
    let documents = 0;
    for (const part of this.parts) {
      if (part.file !== undefined) continue;
      bytes += part.memoryBytes;
      documents += part.documents.documentCount;
    }
    return { bytes, documents };
  }

  /** The last write to an `_id`; undefined when there was none, or a delete long ago. */
  state(id: string): DocumentState | undefined {
    const found = this.find(id);
    if (found === undefined) return this.tombstones.get(id);
    const { part, document } = found;
    return {
      version: part.documents.version(document),
      sequenceNumber: part.documents.sequenceNumber(document),
      deleted: false,
    };
  }

  get(id: string): StoredDocument | undefined {
    const found = this.find(id);
    if (found === undefined) return undefined;
    const { part, document } = found;
    return {
      id,
      version: part.documents.version(document),
      sequenceNumber: part.documents.sequenceNumber(document),
      routing: part.documents.routing(document),
      source: part.documents.source(document),
    };
  }

  /** @param replaces false when it is known that no document of this `_id` is alive: spares the search for it. */
  index(indexed: IndexedDocument, replaces: boolean): void {
    if (replaces) this.remove(indexed.id);
    this.tombstones.delete(indexed.id);
    const { documents } = this.buffer;
    if (documents instanceof SegmentBuilder) documents.add(indexed);
  }

  delete(id: string, version: number, sequenceNumber: number): void {
    this.remove(id);
    this.tombstones.set(id, { version, sequenceNumber, deleted: true, at: Date.now() });
  }

  /** Whether a refresh would change what searches see. */
  hasChanges(): boolean {
    return this.buffer.documents.documentCount > 0 || this.parts.some((part) => part.removed.size > 0);
  }

  /**
   * Makes searchable what was written before.
   * @param sealed called at the moment that divides what is in from what is not
   */
  refresh(sealed: () => void = () => undefined): Promise<void> {
    return this.publishing.run(async () => {
      sealed();
      this.forgetTombstones();
      if (!this.hasChanges()) return;
      // What is removed from now on belongs to the next refresh, like the documents that replace it.
      const removals = this.parts.map((part) => ({ part, documents: [...part.removed] }));
      if (this.buffer.documents.documentCount > 0) this.parts.push((this.buffer = Part.buffer()));
      for (const part of this.parts) {
        if (part === this.buffer || !(part.documents instanceof SegmentBuilder)) continue;
        part.become(await part.documents.build(`memory-${this.built++}`, new Pacer().pause));
      }
      for (const { part, documents } of removals) if (documents.length > 0) part.hide(documents);
      this.parts = this.parts.filter((part) => part.file !== undefined || part === this.buffer || part.liveCount > 0);
      this.publish();
    });
  }

  /**
   * Puts a merged part in the place of those it was merged from.
   * @param inputs the parts, and the sets of live documents that the merge saw: what was deleted since is deleted in the merged part too
   */
  replace(inputs: readonly (MergeInput & { readonly part: Part })[], merged: Part | undefined): Promise<void> {
    return this.publishing.run(async () => {
      if (merged !== undefined) {
        for (const [i, source] of numberDocuments(inputs).entries()) carryDeletes(inputs[i]!, source, merged);
      }
      const place = this.parts.indexOf(inputs[0]!.part);
      if (merged !== undefined) this.parts.splice(place, 0, merged);
      const gone = new Set(inputs.map(({ part }) => part));
      this.parts = this.parts.filter((part) => !gone.has(part));
      this.publish();
    });
  }

  private publish(): void {
    this.views = this.parts.flatMap((part) => part.view() ?? []);
  }

  private find(id: string): { readonly part: Part; readonly document: number } | undefined {
    for (let i = this.parts.length - 1; i >= 0; i--) {
      const part = this.parts[i]!;
      const document = part.find(id);
      if (document !== -1) return { part, document };
    }
    return undefined;
  }

  private remove(id: string): void {
    const found = this.find(id);
    found?.part.removed.add(found.document);
  }

  private forgetTombstones(): void {
    const before = Date.now() - TOMBSTONE_AGE;
    for (const [id, { at }] of this.tombstones) {
      if (at > before) return;
      this.tombstones.delete(id);
    }
  }
}

/** ms; Elasticsearch's default of index.gc_deletes. */
const TOMBSTONE_AGE = 60_000;

/** Repeats in the merged part what was deleted from an input after the merge had begun. */
function carryDeletes(
  { part, live: seen }: { readonly part: Part; readonly live: Bitset | undefined },
  { base, numbers }: { readonly base: number; readonly numbers: Uint32Array | undefined },
  merged: Part,
): void {
  const numberOf = (document: number): number => numbers?.[document] ?? document + base;
  if (part.liveSet !== seen) {
    const hidden = (seen?.clone() ?? Bitset.full(part.liveSet!.size)).andNot(part.liveSet!);
    merged.hide(Array.from(hidden.toArray(), numberOf));
  }
  for (const document of part.removed) merged.removed.add(numberOf(document));
}
