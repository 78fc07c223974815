import {
  type Directory,
  type DirectoryLock,
  DirectoryLockedError,
  type InputFile,
  type OutputFile,
} from './directory.ts';

/**
 * A disk in memory that remembers what was synced. `crash` gives the disk that a power cut could leave; faults hit chosen operations.
 * Stricter than most file systems: each name in a folder is kept or lost on its own, in any order.
 */
export class MemoryDisk {
  /** Operations that change the disk, so far: what `fault` counts. */
  operations = 0;
  /** Called before each of them with its number from 1; what it throws happens instead, after half of a write has got through. */
  fault: ((operation: DiskOperation) => void) | undefined;
  readonly rootFolder: Folder;

  constructor(rootFolder: Folder = newFolder()) {
    this.rootFolder = rootFolder;
  }

  root(): Directory {
    return new MemoryDirectory(this, []);
  }

  /** @param random numbers in 0 … 1 that decide what of the unsynced survives; without it nothing does. */
  crash(random: () => number = () => 0): MemoryDisk {
    return new MemoryDisk(afterCrash(this.rootFolder, random));
  }

  begin(kind: DiskOperation['kind'], name: string): void {
    this.operations++;
    this.fault?.({ number: this.operations, kind, name });
  }
}

export interface DiskOperation {
  readonly number: number;
  readonly kind: 'create' | 'write' | 'sync' | 'truncate' | 'rename' | 'remove' | 'syncDirectory' | 'make';
  readonly name: string;
}

interface Folder {
  readonly entries: Map<string, Entry>;
  durable: Map<string, Entry>;
  locked: boolean;
}

interface Content {
  bytes: Uint8Array<ArrayBuffer>;
  synced: Uint8Array<ArrayBuffer>;
}

type Entry = Folder | Content;

function newFolder(): Folder {
  return { entries: new Map(), durable: new Map(), locked: false };
}

function afterCrash(folder: Folder, random: () => number): Folder {
  const left = newFolder();
  for (const name of new Set([...folder.entries.keys(), ...folder.durable.keys()])) {
    const entry = random() < 0.5 ? folder.durable.get(name) : folder.entries.get(name);
    if (entry === undefined) continue;
    left.entries.set(name, 'entries' in entry ? afterCrash(entry, random) : tear(entry, random));
  }
  left.durable = new Map(left.entries);
  return left;
}

/** What was synced stays. Of what was written later some may be there, its last bytes perhaps as zeros. */
function tear({ bytes, synced }: Content, random: () => number): Content {
  if (bytes.length < synced.length) return settled(random() < 0.5 ? synced : bytes);
  const kept = synced.length + Math.floor(random() * (bytes.length - synced.length + 1) * 0.999);
  const left = bytes.slice(0, kept);
  left.set(synced);
  if (random() > 0.7) left.fill(0, synced.length + Math.floor(random() * (kept - synced.length)));
  return settled(left);
}

function settled(bytes: Uint8Array<ArrayBuffer>): Content {
  return { bytes: bytes.slice(), synced: bytes.slice() };
}

class MemoryDirectory implements Directory {
  readonly path: string;
  private readonly disk: MemoryDisk;
  private readonly names: readonly string[];

  constructor(disk: MemoryDisk, names: readonly string[]) {
    this.disk = disk;
    this.names = names;
    this.path = `/${names.join('/')}`;
  }

  async create(name: string): Promise<OutputFile> {
    this.disk.begin('create', name);
    const { entries } = this.folder();
    if (entries.has(name)) throw failure('EEXIST', `${this.path}/${name}`);
    const content = { bytes: new Uint8Array(0), synced: new Uint8Array(0) };
    entries.set(name, content);
    return new MemoryOutput(this.disk, name, content);
  }

  async append(name: string): Promise<OutputFile> {
    return new MemoryOutput(this.disk, name, this.file(name));
  }

  open(name: string): InputFile {
    return new MemoryInput(this.file(name), `${this.path}/${name}`);
  }

  list(): readonly string[] {
    const folder = this.find();
    return folder === undefined ? [] : [...folder.entries.keys()].toSorted();
  }

  async rename(from: string, to: string): Promise<void> {
    this.disk.begin('rename', to);
    const { entries } = this.folder();
    const entry = entries.get(from);
    if (entry === undefined) throw failure('ENOENT', `${this.path}/${from}`);
    entries.delete(from);
    entries.set(to, entry);
  }

  async remove(name: string): Promise<void> {
    const folder = this.find();
    if (folder === undefined || !folder.entries.has(name)) return;
    this.disk.begin('remove', name);
    folder.entries.delete(name);
  }

  async sync(): Promise<void> {
    this.disk.begin('syncDirectory', this.path);
    const folder = this.folder();
    folder.durable = new Map(folder.entries);
  }

  directory(name: string): Directory {
    return new MemoryDirectory(this.disk, [...this.names, name]);
  }

  async make(): Promise<void> {
    let folder = this.disk.rootFolder;
    for (const name of this.names) {
      let next = folder.entries.get(name);
      if (next === undefined) {
        this.disk.begin('make', name);
        folder.entries.set(name, (next = newFolder()));
      }
      if (!('entries' in next)) throw failure('ENOTDIR', this.path);
      folder = next;
    }
  }

  async lock(): Promise<DirectoryLock> {
    const folder = this.folder();
    if (folder.locked) throw new DirectoryLockedError(this.path, process.pid);
    folder.locked = true;
    return {
      release: async () => {
        folder.locked = false;
      },
    };
  }

  private find(): Folder | undefined {
    let folder: Entry | undefined = this.disk.rootFolder;
    for (const name of this.names) {
      folder = folder.entries.get(name);
      if (folder === undefined || !('entries' in folder)) return undefined;
    }
    return folder;
  }

  private folder(): Folder {
    const folder = this.find();
    if (folder === undefined) throw failure('ENOENT', this.path);
    return folder;
  }

  private file(name: string): Content {
    const entry = this.find()?.entries.get(name);
    if (entry === undefined || 'entries' in entry) throw failure('ENOENT', `${this.path}/${name}`);
    return entry;
  }
}

class MemoryOutput implements OutputFile {
  private readonly disk: MemoryDisk;
  private readonly name: string;
  private readonly content: Content;

  constructor(disk: MemoryDisk, name: string, content: Content) {
    this.disk = disk;
    this.name = name;
    this.content = content;
  }

  get length(): number {
    return this.content.bytes.length;
  }

  async write(bytes: Uint8Array): Promise<void> {
    try {
      this.disk.begin('write', this.name);
    } catch (error) {
      this.add(bytes.subarray(0, bytes.length >>> 1));
      throw error;
    }
    this.add(bytes);
  }

  async sync(): Promise<void> {
    this.disk.begin('sync', this.name);
    this.content.synced = this.content.bytes.slice();
  }

  async truncate(length: number): Promise<void> {
    this.disk.begin('truncate', this.name);
    this.content.bytes = this.content.bytes.slice(0, length);
  }

  async close(): Promise<void> {}

  private add(bytes: Uint8Array): void {
    const joined = new Uint8Array(this.length + bytes.length);
    joined.set(this.content.bytes);
    joined.set(bytes, this.length);
    this.content.bytes = joined;
  }
}

class MemoryInput implements InputFile {
  readonly size: number;
  private readonly content: Content;
  private readonly path: string;
  private closed = false;

  constructor(content: Content, path: string) {
    this.content = content;
    this.path = path;
    this.size = content.bytes.length;
  }

  read(start: number, end: number): Uint8Array<ArrayBuffer> {
    if (this.closed) throw new Error(`${this.path} was closed`);
    if (end > this.content.bytes.length)
      throw new Error(`${this.path} ends at ${this.content.bytes.length}, before ${end}`);
    return this.content.bytes.slice(start, end);
  }

  close(): void {
    this.closed = true;
  }
}

/** An error as Node's file system gives it. */
export function failure(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}
