import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { GatelogError, gatelogError, reasonOf, systemCode } from '../errors/gatelog-error.ts';

/** An opened log. It stays the same file when its name is given to another one. */
export interface LogFile {
  /** The name it was opened under. */
  readonly path: string;
  /** Device and inode: which file it is on this machine, while it is open. */
  readonly identity: string;
  readonly handle: FileHandle;
}

const WINDOW = 1_024;

/**
 * Opens a log for reading. Throws GATELOG_SHIP_FILE_MISSING, …_UNREADABLE, …_IS_DIRECTORY, or …_BINARY when its first
 * KB holds a zero byte or begins like a gzip file.
 */
export async function openLogFile(path: string): Promise<LogFile> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') throw gatelogError('GATELOG_SHIP_FILE_MISSING', { file: path }, error);
    throw gatelogError('GATELOG_SHIP_FILE_UNREADABLE', { file: path, reason: reasonOf(error) }, error);
  });
  try {
    const { dev, ino } = await checkKind(path, handle);
    return { path, handle, identity: `${dev}:${ino}` };
  } catch (error) {
    await handle.close();
    if (error instanceof GatelogError) throw error;
    throw gatelogError('GATELOG_SHIP_FILE_UNREADABLE', { file: path, reason: reasonOf(error) }, error);
  }
}

/**
 * Stands for the content before an offset without reading it all: SHA-256 over the first KB and the last KB before
 * the offset. Undefined when the file is shorter than that.
 */
export async function fingerprint(handle: FileHandle, offset: number): Promise<string | undefined> {
  const head = await readExactly(handle, 0, Math.min(WINDOW, offset));
  const tailStart = Math.max(0, offset - WINDOW);
  const tail = await readExactly(handle, tailStart, offset - tailStart);
  return head && tail && createHash('sha256').update(head).update(tail).digest('base64url');
}

async function checkKind(path: string, handle: FileHandle): Promise<{ dev: number; ino: number }> {
  const stat = await handle.stat();
  if (stat.isDirectory()) throw gatelogError('GATELOG_SHIP_FILE_IS_DIRECTORY', { file: path });
  if (!stat.isFile()) {
    throw gatelogError('GATELOG_SHIP_FILE_UNREADABLE', { file: path, reason: 'it is not a regular file' });
  }
  const head = Buffer.alloc(WINDOW);
  const { bytesRead } = await handle.read(head, 0, WINDOW, 0);
  const start = head.subarray(0, bytesRead);
  const isGzip = start[0] === 0x1f && start[1] === 0x8b;
  if (isGzip || start.includes(0)) throw gatelogError('GATELOG_SHIP_FILE_BINARY', { file: path });
  return stat;
}

async function readExactly(handle: FileHandle, offset: number, length: number): Promise<Buffer | undefined> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = length === 0 ? { bytesRead: 0 } : await handle.read(buffer, 0, length, offset);
  return bytesRead === length ? buffer : undefined;
}
