import type { Directory } from '../directory/directory.ts';
import { writeFailure } from '../directory/write-failure.ts';
import { ElasticError, indexNotFound } from '../errors.ts';
import type { Mapping } from '../mapping/field.ts';
import type { Searcher } from '../query/query.ts';
import type { SectionCache } from '../segment/section-cache.ts';
import { DiskSegment } from '../segment/segment-file.ts';
import { Translog } from '../translog/translog.ts';
import { DocumentStore } from './document-store.ts';
import type { Index, IndexStatistics } from './engine.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { chooseMerge } from './merge-policy.ts';
import { Mutex } from './mutex.ts';
import type { Operation, OperationResult, StoredDocument } from './operation.ts';
import type { Part } from './part.ts';
import type { Problems } from './problems.ts';
import { replayTranslog } from './replay.ts';
import { SegmentStore } from './segment-store.ts';
import { type Settings, refreshInterval, updateSettings } from './settings.ts';
import { WriteLog } from './write-log.ts';
import { prepareOperations } from './write-preparation.ts';

/** What an index needs from the engine it is in. */
export interface IndexSurroundings {
  readonly createMapping: (body?: unknown) => Mapping;
  readonly cache: SectionCache;
  readonly problems: Problems;
  readonly limits: Limits;
  /** Called when there may be something to merge. */
  readonly mergeSoon: (index: LocalIndex) => void;
}

/** When a flush begins by itself. */
export interface Limits {
  /** Rough bytes of documents in memory. */
  readonly memoryBytes: number;
  /** Documents in memory. */
  readonly memoryDocuments: number;
  readonly translogBytes: number;
  /** ms before a flush that failed is tried again. */
  readonly retryAfter: number;
  /** ms after the last write when what is in memory is flushed, so that yesterday's index takes none. */
  readonly idleAfter: number;
}

export class LocalIndex implements Index {
  readonly name: string;
  readonly uuid: string;
  readonly createdAt: number;
  settings: Settings;
  mapping: Mapping;
  private readonly surroundings: IndexSurroundings;
  private readonly store: DocumentStore;
  private readonly segments: SegmentStore;
  private readonly translog: Translog;
  private readonly log: WriteLog;
  private readonly flushing = new Mutex();
  private readonly merging = new Mutex();
  /** What the manifest says, as of the last flush. */
  private committed: { readonly mapping: Mapping | undefined; readonly generation: number };
  private state: 'open' | 'closing' | 'closed' | 'dropped' = 'open';
  private refreshTimer: NodeJS.Timeout | undefined;
  private retryTimer: NodeJS.Timeout | undefined;
  private idleTimer: NodeJS.Timeout | undefined;
  private flushUnderWay: Promise<void> | undefined;

  private constructor(parts: IndexParts, surroundings: IndexSurroundings) {
    const { manifest } = parts;
    this.name = manifest.name;
    this.uuid = manifest.uuid;
    this.createdAt = manifest.createdAt;
    this.settings = manifest.settings;
    this.mapping = parts.mapping;
    this.surroundings = surroundings;
    this.store = parts.store;
    this.segments = parts.segments;
    this.translog = parts.translog;
    this.log = new WriteLog(parts.translog, parts.store, manifest, parts);
    this.committed = { mapping: undefined, generation: manifest.translogGeneration };
  }

  /** Opens the index in a folder and repeats what its translog holds. @throws when something in it is missing or damaged */
  static async open(directory: Directory, surroundings: IndexSurroundings): Promise<LocalIndex> {
    const manifest = readManifest(directory);
    const segments = new SegmentStore(directory, surroundings.cache, manifest);
    const store = new DocumentStore(await segments.open());
    const replayed = replayTranslog(directory, manifest, store, surroundings.createMapping);
    const translog = await Translog.resume(directory, manifest.name, replayed.generation);
    await store.refresh();
    const index = new LocalIndex({ manifest, segments, store, translog, ...replayed }, surroundings);
    index.flushWhenFull();
    if (store.inMemory().documents > 0) index.flushWhenIdle();
    surroundings.mergeSoon(index);
    return index;
  }

  async apply(operations: readonly Operation[]): Promise<readonly OperationResult[]> {
    await this.waitForRoom();
    const prepared = await prepareOperations(operations, this);
    this.assertOpen();
    const results = await this.log.write(prepared, this.mapping);
    this.scheduleRefresh();
    this.flushWhenFull();
    this.flushWhenIdle();
    return results;
  }

  async putMapping(body: unknown): Promise<void> {
    this.assertOpen();
    this.mapping = this.mapping.merge(body);
    await this.log.writeMapping(this.mapping);
  }

  async putSettings(body: unknown): Promise<void> {
    this.assertOpen();
    const settings = updateSettings(this.settings, body, `${this.name}/${this.uuid}`);
    await this.explained(this.commit({ settings }), 'failed to write the settings');
    this.settings = settings;
    clearTimeout(this.refreshTimer);
    this.refreshTimer = undefined;
    this.scheduleRefresh();
  }

  get(id: string): StoredDocument | undefined {
    return this.store.get(id);
  }

  async refresh(): Promise<void> {
    this.assertOpen();
    await this.translog.settled();
    await this.store.refresh();
  }

  async flush(): Promise<void> {
    this.assertOpen();
    await this.explained(this.flushNow(), 'failed to flush');
  }

  searcher(): Searcher {
    return { index: this.name, mapping: this.mapping, segments: this.store.views };
  }

  statistics(): IndexStatistics {
    let [documents, deleted, bytes] = [0, 0, this.translog.length];
    const segments = this.store.segments();
    for (const part of segments) {
      documents += part.liveCount;
      deleted += part.documents.documentCount - part.liveCount;
      bytes += part.bytes;
    }
    return { documents, deleted, bytes, segments: segments.length };
  }

  /** Merges once what is worth merging. @returns whether there may be more to merge */
  mergeOnce(): Promise<boolean> {
    return this.merging.run(async () => {
      if (this.state !== 'open') return false;
      const candidates = this.partsOnDisk().map((part) => {
        return { part, documents: part.documents.documentCount, liveCount: part.liveCount };
      });
      const chosen = chooseMerge(candidates);
      if (chosen === undefined) return false;
      await this.mergeParts(chosen.map(({ part }) => part));
      await this.commit({});
      return true;
    });
  }

  /** Writes all into segments and closes the files. What cannot be written stays in the translog. */
  async close(): Promise<void> {
    if (this.state !== 'open') return;
    this.state = 'closing';
    this.stopTimers();
    await this.flushNow().then(
      () => this.surroundings.problems.solved(this.flushWork()),
      (error: unknown) => this.surroundings.problems.failed(this.flushWork(), error),
    );
    await this.end('closed');
    for (const { segment } of this.store.segments()) if (segment instanceof DiskSegment) segment.close();
  }

  /** Lets go of an index that is being deleted. Searches that hold its segments can finish: the files stay open until they are collected. */
  async drop(): Promise<void> {
    if (this.state !== 'open') return;
    this.stopTimers();
    await this.end('dropped');
    this.surroundings.problems.solved(this.flushWork());
    for (const { segment } of this.store.segments()) if (segment instanceof DiskSegment) segment.retire();
  }

  private async end(state: 'closed' | 'dropped'): Promise<void> {
    this.state = state;
    await this.flushing.run(async () => undefined);
    await this.merging.run(async () => undefined);
    await this.translog.close();
  }

  private async flushNow(): Promise<void> {
    await this.flushing.run(async () => {
      await this.translog.settled();
      if (!this.needsFlush()) return;
      const { mapping } = this;
      await this.translog.roll();
      const { generation } = this.translog;
      let nextSequenceNumber = 0;
      await this.store.refresh(() => {
        nextSequenceNumber = this.log.durableSequenceNumber;
      });
      const inMemory = this.store.segments().filter((part) => part.file === undefined);
      if (inMemory.length > 0) await this.mergeParts(inMemory);
      await this.commit({ translogGeneration: generation, nextSequenceNumber });
      this.committed = { mapping, generation };
    });
    this.surroundings.mergeSoon(this);
  }

  private needsFlush(): boolean {
    return (
      this.translog.length > 0 ||
      this.translog.generation !== this.committed.generation ||
      this.store.hasChanges() ||
      this.store.inMemory().documents > 0
    );
  }

  private async mergeParts(parts: readonly Part[]): Promise<void> {
    const inputs = parts.map((part) => ({ part, segment: part.segment!, live: part.liveSet }));
    const merged = await this.segments.write(inputs, () => {
      if (this.state === 'closed' || this.state === 'dropped') throw new Error('the index was closed');
    });
    await this.store.replace(inputs, merged);
    for (const { segment } of inputs) if (segment instanceof DiskSegment) segment.retire();
  }

  private commit(change: Partial<Manifest>): Promise<void> {
    return this.segments.commit(
      () => this.partsOnDisk(),
      () => ({ mapping: this.mapping.toJSON(), ...change }),
    );
  }

  private partsOnDisk(): readonly Part[] {
    return this.store.segments().filter((part) => part.file !== undefined);
  }

  private scheduleRefresh(): void {
    const interval = refreshInterval(this.settings);
    if (this.refreshTimer !== undefined || interval < 0 || this.state !== 'open' || !this.store.hasChanges()) return;
    this.refreshTimer = setTimeout(() => {
      this.refreshTimer = undefined;
      void this.refreshInBackground();
    }, interval).unref();
  }

  private async refreshInBackground(): Promise<void> {
    const { problems } = this.surroundings;
    const work = `refresh of index [${this.name}]`;
    try {
      await this.store.refresh();
      problems.solved(work);
      this.scheduleRefresh();
    } catch (error) {
      problems.failed(work, error);
    }
  }

  private flushWhenFull(): void {
    const { memoryBytes, memoryDocuments, translogBytes } = this.surroundings.limits;
    const { bytes, documents } = this.store.inMemory();
    const full = bytes > memoryBytes || documents > memoryDocuments || this.translog.length > translogBytes;
    // While a flush waits to be tried again, writes do not hurry it: a full disk would be asked thousands of times.
    if (full && this.flushUnderWay === undefined && this.retryTimer === undefined) this.flushInBackground();
  }

  private flushWhenIdle(): void {
    if (this.state !== 'open') return;
    if (this.idleTimer !== undefined) this.idleTimer.refresh();
    else this.idleTimer = setTimeout(() => this.flushInBackground(), this.surroundings.limits.idleAfter).unref();
  }

  private flushInBackground(): void {
    const { problems, limits } = this.surroundings;
    if (this.state !== 'open' || this.flushUnderWay !== undefined) return;
    this.flushUnderWay = this.flushNow()
      .then(
        () => problems.solved(this.flushWork()),
        (error: unknown) => {
          if (this.state !== 'open') return;
          problems.failed(this.flushWork(), error);
          this.retryTimer = setTimeout(() => {
            this.retryTimer = undefined;
            this.flushInBackground();
          }, limits.retryAfter).unref();
        },
      )
      .finally(() => {
        this.flushUnderWay = undefined;
      });
  }

  /** Writers that outrun the flush wait for it, or memory would have no bound. */
  private async waitForRoom(): Promise<void> {
    this.assertOpen();
    const { memoryBytes, memoryDocuments } = this.surroundings.limits;
    const { bytes, documents } = this.store.inMemory();
    if (bytes <= memoryBytes * 3 && documents <= memoryDocuments * 3) return;
    if (this.retryTimer !== undefined) {
      const reason = `index [${this.name}] takes no more documents until it can write those it has to disk: see the engine's problems`;
      throw new ElasticError(429, 'es_rejected_execution_exception', reason);
    }
    await this.flushUnderWay;
    this.assertOpen();
  }

  private stopTimers(): void {
    clearTimeout(this.refreshTimer);
    clearTimeout(this.retryTimer);
    clearTimeout(this.idleTimer);
  }

  private explained(work: Promise<void>, what: string): Promise<void> {
    return work.catch((error: unknown) => {
      throw writeFailure(error, this.name, `${what} of index [${this.name}]`);
    });
  }

  private flushWork(): string {
    return `flush of index [${this.name}]`;
  }

  private assertOpen(): void {
    if (this.state === 'open') return;
    if (this.state === 'dropped') throw indexNotFound(this.name);
    throw new ElasticError(503, 'node_closed_exception', 'the engine is shutting down');
  }
}

interface IndexParts {
  readonly manifest: Manifest;
  readonly mapping: Mapping;
  readonly nextSequenceNumber: number;
  readonly store: DocumentStore;
  readonly segments: SegmentStore;
  readonly translog: Translog;
}
