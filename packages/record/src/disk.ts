import {
  close,
  closeSync,
  fstat,
  fstatSync,
  mkdir,
  mkdirSync,
  open,
  openSync,
  read,
  readSync,
  rename,
  renameSync,
  statSync,
  write,
  writeSync,
  type Stats,
} from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/**
 * One touch of the disk that can be done later, off the event loop, or now, when the process is about to end. `done`
 * says whether a touch begun with `later` has taken effect; without it doing it again is harmless.
 */
export interface Step {
  later(): Promise<unknown>;
  now(): unknown;
  done?(): boolean;
}

/** A way through the disk written once, to be walked either way; each step's result is handed back to it. */
export type Walk<Result> = Generator<Step, Result, unknown>;

const asynchronous = {
  close: promisify(close),
  fstat: promisify(fstat),
  mkdir: promisify(mkdir),
  open: promisify(open),
  read: promisify(read),
  rename: promisify(rename),
  write: promisify(write),
};

/** Opens a file for appending, for the owner to write and the group to read; makes its folder when that is missing. */
export function* openForAppending(path: string): Walk<number> {
  const opening: Step = {
    later: () => asynchronous.open(path, 'a+', 0o640),
    now: () => openSync(path, 'a+', 0o640),
  };
  try {
    return (yield opening) as number;
  } catch (error) {
    if (!isMissing(error)) throw error;
    const folder = dirname(path);
    yield {
      later: () => asynchronous.mkdir(folder, { recursive: true, mode: 0o750 }),
      now: () => mkdirSync(folder, { recursive: true, mode: 0o750 }),
    };
    return (yield opening) as number;
  }
}

export function* closeFile(descriptor: number): Walk<void> {
  yield { later: () => asynchronous.close(descriptor), now: () => closeSync(descriptor) };
}

/** A file's size in bytes, and whether it is one: a device or a pipe is written to but never rotated. */
export function* measureFile(descriptor: number): Walk<{ size: number; regular: boolean }> {
  const stats = (yield { later: () => asynchronous.fstat(descriptor), now: () => fstatSync(descriptor) }) as Stats;
  return { size: stats.size, regular: stats.isFile() };
}

/** Whether the file's last byte is something else than a line feed. */
export function* endsTorn(descriptor: number, size: number): Walk<boolean> {
  const last = new Uint8Array(1);
  yield {
    later: () => asynchronous.read(descriptor, last, 0, 1, size - 1),
    now: () => readSync(descriptor, last, 0, 1, size - 1),
  };
  return last[0] !== 0x0a;
}

/** Appends as many bytes as the disk takes at once, and says how many. `size` is the file's own before. */
export function* appendBytes(descriptor: number, bytes: Uint8Array, size: number): Walk<number> {
  const written = yield {
    later: () => asynchronous.write(descriptor, bytes).then((result) => result.bytesWritten),
    now: () => writeSync(descriptor, bytes),
    done: () => fstatSync(descriptor).size >= size + bytes.length,
  };
  return typeof written === 'number' ? written : bytes.length;
}

/** Renames a file, over another one if need be; a file that is not there is left so. */
export function* renameFile(from: string, to: string): Walk<void> {
  try {
    yield {
      later: () => asynchronous.rename(from, to),
      now: () => renameSync(from, to),
      done: () => statSync(from, { throwIfNoEntry: false }) === undefined,
    };
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
