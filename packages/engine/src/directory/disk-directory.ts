import fs from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Directory, DirectoryLock, InputFile, OutputFile } from './directory.ts';
import { errorCode } from './directory.ts';
import { lockFolder } from './lock.ts';

/** A folder on the disk. What it makes, only its owner may read: files 0600, folders 0700. */
export class DiskDirectory implements Directory {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  async create(name: string): Promise<OutputFile> {
    return new DiskOutput(await open(join(this.path, name), 'wx', 0o600), 0);
  }

  async append(name: string): Promise<OutputFile> {
    const handle = await open(join(this.path, name), 'r+', 0o600);
    return new DiskOutput(handle, (await handle.stat()).size);
  }

  open(name: string): InputFile {
    return new DiskInput(join(this.path, name));
  }

  list(): readonly string[] {
    try {
      return fs.readdirSync(this.path).toSorted();
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
  }

  async rename(from: string, to: string): Promise<void> {
    await rename(join(this.path, from), join(this.path, to));
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.path, name), { recursive: true, force: true });
  }

  async sync(): Promise<void> {
    // Windows cannot open a folder; there NTFS journals names itself.
    if (process.platform === 'win32') return;
    const handle = await open(this.path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  directory(name: string): Directory {
    return new DiskDirectory(join(this.path, name));
  }

  async make(): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
  }

  lock(): Promise<DirectoryLock> {
    return lockFolder(this.path);
  }
}

class DiskOutput implements OutputFile {
  length: number;
  private readonly handle: FileHandle;

  constructor(handle: FileHandle, length: number) {
    this.handle = handle;
    this.length = length;
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.handle.write(
        bytes,
        done,
        Math.min(bytes.length - done, LARGEST),
        this.length,
      );
      done += bytesWritten;
      this.length += bytesWritten;
    }
  }

  sync(): Promise<void> {
    return this.handle.datasync();
  }

  async truncate(length: number): Promise<void> {
    await this.handle.truncate(length);
    this.length = length;
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

class DiskInput implements InputFile {
  readonly size: number;
  private descriptor: number | undefined;
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
    this.descriptor = fs.openSync(path, 'r');
    this.size = fs.fstatSync(this.descriptor).size;
    // A search may hold a segment that was merged away long ago; nobody tells when it lets go, so the collector does.
    abandoned.register(this, this.descriptor, this);
  }

  read(start: number, end: number): Uint8Array<ArrayBuffer> {
    if (this.descriptor === undefined) throw new Error(`${this.path} was closed`);
    const bytes = new Uint8Array(end - start);
    for (let done = 0; done < bytes.length;) {
      const count = fs.readSync(this.descriptor, bytes, done, Math.min(bytes.length - done, LARGEST), start + done);
      if (count === 0) throw new Error(`${this.path} ends at ${start + done}, before ${end}`);
      done += count;
    }
    return bytes;
  }

  close(): void {
    if (this.descriptor === undefined) return;
    abandoned.unregister(this);
    fs.closeSync(this.descriptor);
    this.descriptor = undefined;
  }
}

/** Bytes of one call; Node refuses 2 GiB. */
const LARGEST = 1 << 30;

const abandoned = new FinalizationRegistry<number>((descriptor) => fs.closeSync(descriptor));
