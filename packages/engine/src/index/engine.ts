import type { Mapping } from '../mapping/field.ts';
import type { Searcher } from '../query/query.ts';
import type { Operation, OperationResult, StoredDocument } from './operation.ts';

/** All indices of one data folder. What the REST layer drives. */
export interface Engine {
  readonly clusterUuid: string;
  /** @throws ElasticError 400 `resource_already_exists_exception`, `invalid_index_name_exception`, or what a wrong body earns. */
  createIndex(name: string, body?: CreateIndexBody): Promise<Index>;
  /** @throws ElasticError 404 `index_not_found_exception`. */
  deleteIndex(name: string): Promise<void>;
  index(name: string): Index | undefined;
  /** Sorted by name. */
  indices(): readonly Index[];
  /** The index, made with defaults if there is none (Elasticsearch's auto-create). */
  indexOrCreate(name: string): Promise<Index>;
  /** Indices that could not be opened. They are left as they are on disk until they are repaired or deleted. */
  readonly damaged: readonly DamagedIndex[];
  /** What background work (flush, merge, refresh) fails at now, for people: `flush of index [logs]: ENOSPC …`. Empty when all is well. */
  problems(): readonly string[];
  /** Flushes and releases everything; safe to call twice. */
  close(): Promise<void>;
}

export interface DamagedIndex {
  /** The index's name; its uuid when not even that can be read. */
  readonly name: string;
  readonly uuid: string;
  /** What is wrong, with the file. */
  readonly reason: string;
}

export interface CreateIndexBody {
  readonly settings?: unknown;
  readonly mappings?: unknown;
  readonly aliases?: unknown;
}

export interface Index {
  readonly name: string;
  readonly uuid: string;
  /** ms since 1970. */
  readonly createdAt: number;
  /** Flat, without the `index.` prefix, every value a string: `{ number_of_shards: '1', … }`. */
  readonly settings: Readonly<Record<string, string>>;
  readonly mapping: Mapping;
  putMapping(body: unknown): Promise<void>;
  putSettings(body: unknown): Promise<void>;
  /**
   * Applies writes in order; resolves when all are on disk. An operation that is refused carries its error and leaves the others alone.
   * @throws ElasticError when nothing of it could be made durable (a disk that is full or broken); then none is acknowledged.
   */
  apply(operations: readonly Operation[]): Promise<readonly OperationResult[]>;
  /** The document as last written, refreshed or not. */
  get(id: string): StoredDocument | undefined;
  /** Makes all that was applied searchable. */
  refresh(): Promise<void>;
  /** Writes all that was applied into segments on disk and retires the translog. */
  flush(): Promise<void>;
  searcher(): Searcher;
  statistics(): IndexStatistics;
}

export interface IndexStatistics {
  readonly documents: number;
  readonly deleted: number;
  readonly bytes: number;
  readonly segments: number;
}
