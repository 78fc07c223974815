import type { Directory, DirectoryLock } from '../directory/directory.ts';
import { writeFailure } from '../directory/write-failure.ts';
import { ElasticError, indexNotFound, unsupported } from '../errors.ts';
import { Translog } from '../translog/translog.ts';
import type { CreateIndexBody, DamagedIndex, Engine, Index } from './engine.ts';
import { newUuid } from './identifier.ts';
import { checkIndexName } from './index-name.ts';
import { type IndexSurroundings, LocalIndex } from './local-index.ts';
import { type Manifest, writeManifest } from './manifest.ts';
import type { MergeQueue } from './merge-queue.ts';
import { Mutex } from './mutex.ts';
import type { Problems } from './problems.ts';
import { DEFAULT_SETTINGS, mergeSettings } from './settings.ts';

/** The indices of one data folder: one folder each, named by its uuid. */
export class LocalEngine implements Engine {
  readonly clusterUuid: string;
  private readonly parts: EngineParts;
  private readonly administration = new Mutex();
  private closing: Promise<void> | undefined;

  constructor(parts: EngineParts) {
    this.clusterUuid = parts.clusterUuid;
    this.parts = parts;
  }

  get damaged(): readonly DamagedIndex[] {
    return this.parts.damaged;
  }

  problems(): readonly string[] {
    return this.parts.problems.list();
  }

  createIndex(name: string, body: CreateIndexBody = {}): Promise<Index> {
    return this.administration.run(() => this.create(name, body));
  }

  indexOrCreate(name: string): Promise<Index> {
    const index = this.index(name);
    if (index !== undefined) return Promise.resolve(index);
    return this.administration.run(async () => this.index(name) ?? this.create(name, {}));
  }

  deleteIndex(name: string): Promise<void> {
    return this.administration.run(() => this.delete(name));
  }

  index(name: string): LocalIndex | undefined {
    return this.parts.indices.get(name);
  }

  indices(): readonly Index[] {
    return [...this.parts.indices.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  close(): Promise<void> {
    return (this.closing ??= this.administration.run(async () => {
      const { merges, indices, lock } = this.parts;
      const stopped = merges.stop();
      await Promise.all([...indices.values()].map((index) => index.close()));
      await stopped;
      await lock.release();
    }));
  }

  private async create(name: string, body: CreateIndexBody): Promise<LocalIndex> {
    this.assertOpen();
    checkIndexName(name);
    const { folder, surroundings, indices } = this.parts;
    this.assertNew(name);
    if (hasMembers(body.aliases)) throw unsupported('aliases');
    const settings = mergeSettings(DEFAULT_SETTINGS, body.settings);
    const mapping = surroundings.createMapping(body.mappings).toJSON();
    const uuid = newUuid();
    const manifest: Manifest = {
      format: 1,
      name,
      uuid,
      createdAt: Date.now(),
      settings,
      mapping,
      segments: [],
      translogGeneration: 1,
      nextSequenceNumber: 0,
      nextSegment: 1,
    };
    try {
      await writeNewIndex(folder, manifest);
    } catch (error) {
      for (const left of [`${uuid}.new`, uuid]) await folder.remove(left).catch(() => undefined);
      throw writeFailure(error, name, `failed to create index [${name}] in ${folder.path}`);
    }
    const index = await LocalIndex.open(folder.directory(uuid), surroundings);
    indices.set(name, index);
    return index;
  }

  private async delete(name: string): Promise<void> {
    this.assertOpen();
    const { folder, indices, damaged } = this.parts;
    const index = indices.get(name);
    const broken = damaged.findIndex((one) => one.name === name);
    const uuid = index?.uuid ?? damaged[broken]?.uuid;
    if (uuid === undefined) throw indexNotFound(name);
    try {
      await folder.rename(uuid, `${uuid}.deleted`);
      indices.delete(name);
      if (index === undefined) damaged.splice(broken, 1);
      await index?.drop();
      await folder.sync();
    } catch (error) {
      throw writeFailure(error, name, `failed to delete index [${name}] from ${folder.path}`);
    }
    // It is gone; what cannot be removed now is removed at the next start.
    await folder.remove(`${uuid}.deleted`).catch(() => undefined);
  }

  private assertNew(name: string): void {
    const existing = this.index(name);
    if (existing !== undefined) {
      throw new ElasticError(
        400,
        'resource_already_exists_exception',
        `index [${name}/${existing.uuid}] already exists`,
        {
          details: { index_uuid: existing.uuid, index: name },
        },
      );
    }
    const broken = this.damaged.find((one) => one.name === name);
    if (broken !== undefined) {
      throw new ElasticError(
        503,
        'corrupt_index_exception',
        `index [${name}] is damaged: ${broken.reason}; restore it or delete it`,
      );
    }
  }

  private assertOpen(): void {
    if (this.closing !== undefined) throw new ElasticError(503, 'node_closed_exception', 'the engine is shutting down');
  }
}

export interface EngineParts {
  readonly clusterUuid: string;
  /** `indices/` of the data folder. */
  readonly folder: Directory;
  readonly lock: DirectoryLock;
  readonly problems: Problems;
  readonly merges: MergeQueue;
  readonly surroundings: IndexSurroundings;
  readonly indices: Map<string, LocalIndex>;
  readonly damaged: DamagedIndex[];
}

/** The folder gets its name when all is in it: a crash leaves a whole index, or one that the next start removes. */
async function writeNewIndex(folder: Directory, manifest: Manifest): Promise<void> {
  const { name, uuid } = manifest;
  const directory = folder.directory(`${uuid}.new`);
  await directory.make();
  await (await Translog.create(directory, name, 1)).close();
  await writeManifest(directory, manifest);
  await folder.rename(`${uuid}.new`, uuid);
  await folder.sync();
}

function hasMembers(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
