import type { Directory } from '../directory/directory.ts';
import { type MergeInput, mergeSegments } from '../segment/merge.ts';
import type { SectionCache } from '../segment/section-cache.ts';
import { SegmentFileWriter, openSegmentFile } from '../segment/segment-file.ts';
import { translogGeneration } from '../translog/translog-file.ts';
import { readLive, writeLive } from './live-file.ts';
import { type Manifest, type ManifestSegment, writeManifest } from './manifest.ts';
import { Mutex } from './mutex.ts';
import { Part } from './part.ts';

/** The files of one index: segments, which of their documents are alive, and the manifest that names them. */
export class SegmentStore {
  private readonly directory: Directory;
  private readonly cache: SectionCache;
  private manifest: Manifest;
  private nextSegment: number;
  private nextLive = 0;
  private readonly committing = new Mutex();

  constructor(directory: Directory, cache: SectionCache, manifest: Manifest) {
    this.directory = directory;
    this.cache = cache;
    this.manifest = manifest;
    this.nextSegment = manifest.nextSegment;
  }

  /** Opens the segments of the manifest, after removing what a crash left behind. @throws when one is missing or damaged */
  async open(): Promise<readonly Part[]> {
    await this.removeLeftovers();
    return this.manifest.segments.map(({ file, live }) => {
      const segment = openSegmentFile(this.directory, file, this.cache);
      const set = live === undefined ? undefined : readLive(this.directory, live, segment.documentCount);
      return Part.onDisk(segment, file, set, live);
    });
  }

  /**
   * Merges segments into a new file, which the next commit will name.
   * @param check called before each write; what it throws ends the merge
   * @returns undefined when no document was left
   */
  async write(inputs: readonly MergeInput[], check: () => void): Promise<Part | undefined> {
    if (inputs.every(({ live }) => live?.isEmpty() === true)) return undefined;
    const name = `segment-${this.nextSegment++}`;
    const temporary = `${name}.tmp`;
    const writer = await SegmentFileWriter.create(this.directory, temporary);
    try {
      const sink = {
        write: (section: string, bytes: ArrayBufferView): Promise<void> => {
          check();
          return writer.write(section, bytes);
        },
      };
      await writer.finish(await mergeSegments(inputs, sink));
      await this.directory.rename(temporary, `${name}.segment`);
    } catch (error) {
      await writer.abandon();
      await this.directory.remove(temporary).catch(() => undefined);
      throw error;
    }
    const segment = openSegmentFile(this.directory, `${name}.segment`, this.cache);
    return Part.onDisk(segment, `${name}.segment`, undefined);
  }

  /**
   * Replaces the manifest, then removes the files that only the old one named.
   * @param parts all parts on disk, at the moment of the call
   */
  commit(parts: () => readonly Part[], change: () => Partial<Manifest>): Promise<void> {
    return this.committing.run(async () => {
      const saved = parts().map((part) => ({ part, live: part.liveSet }));
      const changed = change();
      const segments: ManifestSegment[] = [];
      const written: { readonly part: Part; readonly live: Part['savedLive']; readonly file: string }[] = [];
      for (const { part, live } of saved) {
        let file = part.liveFile;
        if (live !== undefined && live !== part.savedLive) {
          file = `${part.file}.live-${this.nextSegment}-${this.nextLive++}`;
          await writeLive(this.directory, file, live);
          written.push({ part, live, file });
        }
        segments.push(file === undefined ? { file: part.file! } : { file: part.file!, live: file });
      }
      // The names of what the manifest is about to name must be durable before it is.
      await this.directory.sync();
      const before = this.manifest;
      const manifest = { ...before, ...changed, segments, nextSegment: this.nextSegment };
      await writeManifest(this.directory, manifest);
      this.manifest = manifest;
      for (const { part, live, file } of written) {
        part.savedLive = live;
        part.liveFile = file;
      }
      await this.removeUnnamed(before);
    });
  }

  private async removeUnnamed(before: Manifest): Promise<void> {
    const named = namesOf(this.manifest);
    const obsolete = [...namesOf(before)].filter((name) => !named.has(name));
    const translogs = this.directory.list().filter((name) => this.isRetired(name));
    // What cannot be removed now is removed when the index is opened next.
    for (const name of [...obsolete, ...translogs]) await this.directory.remove(name).catch(() => undefined);
  }

  private async removeLeftovers(): Promise<void> {
    const named = namesOf(this.manifest);
    for (const name of this.directory.list()) {
      const isOurs = name.startsWith('segment-') || name.endsWith('.tmp');
      if ((isOurs && !named.has(name)) || this.isRetired(name)) await this.directory.remove(name);
    }
  }

  private isRetired(name: string): boolean {
    const generation = translogGeneration(name);
    return generation !== undefined && generation < this.manifest.translogGeneration;
  }
}

function namesOf(manifest: Manifest): Set<string> {
  return new Set(manifest.segments.flatMap(({ file, live }) => (live === undefined ? [file] : [file, live])));
}
