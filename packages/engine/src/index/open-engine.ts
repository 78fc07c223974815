import { type Directory, type DirectoryLock, errorCode, readFile, replaceFile } from '../directory/directory.ts';
import { DiskDirectory } from '../directory/disk-directory.ts';
import type { Mapping } from '../mapping/field.ts';
import { createMapping } from '../mapping/mapping.ts';
import { SectionCache } from '../segment/section-cache.ts';
import type { DamagedIndex, Engine } from './engine.ts';
import { newUuid } from './identifier.ts';
import { type IndexSurroundings, type Limits, LocalIndex } from './local-index.ts';
import { LocalEngine } from './local-engine.ts';
import { readManifest } from './manifest.ts';
import { MergeQueue } from './merge-queue.ts';
import { Problems } from './problems.ts';

export interface EngineOptions {
  /** The data folder: a path, which is made when it is not there, or a Directory (tests). */
  readonly directory: string | Directory;
  /** Tests give their own. */
  readonly createMapping?: (body?: unknown) => Mapping;
  /** Bytes of segment sections to keep in memory; 256 MiB by default. */
  readonly cacheBytes?: number;
  readonly limits?: Partial<Limits>;
}

const LIMITS: Limits = {
  memoryBytes: 64 << 20,
  memoryDocuments: 250_000,
  translogBytes: 64 << 20,
  retryAfter: 5000,
  idleAfter: 300_000,
};

/**
 * Opens the engine of a data folder, with all its indices as they were last acknowledged. An index that is damaged is left alone and named in
 * `damaged`; the others work.
 * @throws DirectoryLockedError when another engine has the folder
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const root = typeof options.directory === 'string' ? new DiskDirectory(options.directory) : options.directory;
  await root.make();
  const lock = await root.lock();
  try {
    return await openLocked(root, lock, options);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openLocked(root: Directory, lock: DirectoryLock, options: EngineOptions): Promise<LocalEngine> {
  const clusterUuid = await readOrMakeState(root);
  const folder = root.directory('indices');
  await folder.make();
  await root.sync();
  const problems = new Problems();
  const merges = new MergeQueue(problems);
  const surroundings: IndexSurroundings = {
    createMapping: options.createMapping ?? createMapping,
    cache: new SectionCache(options.cacheBytes ?? 256 << 20),
    problems,
    limits: { ...LIMITS, ...options.limits },
    mergeSoon: (index) => merges.add(index),
  };
  const { indices, damaged } = await openIndices(folder, surroundings);
  return new LocalEngine({ clusterUuid, folder, lock, problems, merges, surroundings, indices, damaged });
}

const STATE = 'node.json';

async function readOrMakeState(root: Directory): Promise<string> {
  try {
    const state: unknown = JSON.parse(Buffer.from(readFile(root, STATE)).toString());
    const uuid = typeof state === 'object' && state !== null && 'clusterUuid' in state ? state.clusterUuid : undefined;
    if (typeof uuid === 'string') return uuid;
    throw new Error(`${root.path}/${STATE} names no cluster: restore it, or choose another data folder`);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  const clusterUuid = newUuid();
  await replaceFile(root, STATE, Buffer.from(JSON.stringify({ format: 1, clusterUuid })));
  return clusterUuid;
}

/** Opens each folder of an index; those that are half made or half deleted are removed. */
async function openIndices(
  folder: Directory,
  surroundings: IndexSurroundings,
): Promise<{ indices: Map<string, LocalIndex>; damaged: DamagedIndex[] }> {
  const indices = new Map<string, LocalIndex>();
  const damaged: DamagedIndex[] = [];
  for (const uuid of folder.list()) {
    if (/\.(new|deleted)$/.test(uuid)) await folder.remove(uuid).catch(() => undefined);
    if (!/^[\w-]{22}$/.test(uuid)) continue;
    try {
      const index = await LocalIndex.open(folder.directory(uuid), surroundings);
      const twin = indices.get(index.name);
      if (twin !== undefined)
        throw new Error(`${folder.path}/${twin.uuid} is an index [${index.name}] too: remove one`);
      indices.set(index.name, index);
    } catch (error) {
      damaged.push({
        uuid,
        name: nameOf(folder.directory(uuid)) ?? uuid,
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }
  return { indices, damaged };
}

function nameOf(directory: Directory): string | undefined {
  try {
    return readManifest(directory).name;
  } catch {
    return undefined;
  }
}
