/**
 * The one seam to the disk: a folder of files that are appended to, renamed and removed, and folders in it.
 * Promises: what `sync` of a file covered survives a power cut; a file that was made, renamed or removed is so after a power cut only when
 * `sync` of its folder came after. Errors are Node's, with `code` (ENOENT, EEXIST, ENOSPC, EIO …).
 */
export interface Directory {
  /** Where it is, for messages to people. */
  readonly path: string;
  /** @throws EEXIST when there is one of that name. */
  create(name: string): Promise<OutputFile>;
  /** Goes on after the end of a file. @throws ENOENT */
  append(name: string): Promise<OutputFile>;
  /** Stays readable when the file is removed or renamed. @throws ENOENT */
  open(name: string): InputFile;
  /** Names of files and folders, sorted. An absent folder has none. */
  list(): readonly string[];
  /** Replaces a file that has the new name. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file, or a folder with all that is in it; fine when it is not there. */
  remove(name: string): Promise<void>;
  /** Makes names given, changed and removed in this folder durable. */
  sync(): Promise<void>;
  /** A folder in this one, which need not exist. */
  directory(name: string): Directory;
  /** Makes this folder and those above it; fine when it is there. */
  make(): Promise<void>;
  /** Keeps other processes, and others in this process, out. @throws DirectoryLockedError */
  lock(): Promise<DirectoryLock>;
}

export interface OutputFile {
  /** Bytes in the file, synced or not. */
  readonly length: number;
  /** Appends all of it, or rejects and leaves any part of it. */
  write(bytes: Uint8Array): Promise<void>;
  sync(): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}

export interface InputFile {
  readonly size: number;
  /** The bytes `start` … `end − 1` in a buffer of their own, aligned to 8. @throws when the file ends before `end`. */
  read(start: number, end: number): Uint8Array<ArrayBuffer>;
  close(): void;
}

export interface DirectoryLock {
  release(): Promise<void>;
}

export class DirectoryLockedError extends Error {
  override readonly name = 'DirectoryLockedError';

  constructor(path: string, pid: number) {
    super(`another engine, pid ${pid}, uses ${path}: stop it, or choose another data folder`);
  }
}

/** Node's code of an error (`ENOSPC`), undefined for any other error. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Writes a whole file so that after a power cut there is the old one or the new one, and nothing between. */
export async function replaceFile(directory: Directory, name: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${name}.tmp`;
  await directory.remove(temporary);
  await writeFile(directory, temporary, bytes);
  await directory.rename(temporary, name);
  await directory.sync();
}

/** Writes and syncs a new file. Its name is durable only when the folder is synced. */
export async function writeFile(directory: Directory, name: string, bytes: Uint8Array): Promise<void> {
  const file = await directory.create(name);
  try {
    await file.write(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

export function readFile(directory: Directory, name: string): Uint8Array<ArrayBuffer> {
  const file = directory.open(name);
  try {
    return file.read(0, file.size);
  } finally {
    file.close();
  }
}
