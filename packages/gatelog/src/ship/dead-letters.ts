import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { refuse } from './state-folder.ts';

/** A line that could not become a document, with why; one JSON object a line in `dead-letters.ndjson`. */
export interface DeadLetter {
  readonly file: string;
  /** Byte offset of the line in the file. */
  readonly offset: number;
  readonly reason: string;
  readonly index: string;
  readonly line: string;
  /** What the store rejected; absent when the line could not be read at all. */
  readonly document?: unknown;
}

/**
 * Keeps what was rejected, in a file only the user may read (it holds raw lines). A line stands there at least once:
 * after a crash it may stand there twice.
 */
export class DeadLetters {
  readonly path: string;
  #handle: FileHandle | undefined;

  constructor(folder: string) {
    this.path = join(folder, 'dead-letters.ndjson');
  }

  /** Resolves when they are on disk. Throws GATELOG_SHIP_STATE_UNWRITABLE. */
  async add(letters: readonly DeadLetter[]): Promise<void> {
    if (letters.length === 0) return;
    const time = new Date().toISOString();
    const text = letters.map((letter) => `${JSON.stringify({ '@timestamp': time, ...letter })}\n`).join('');
    try {
      this.#handle ??= await openForAppending(this.path);
      await this.#handle.appendFile(text);
      await this.#handle.sync();
    } catch (error) {
      refuse(this.path, error);
    }
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }
}

// A full disk may have cut the last line in the middle; what comes next must not be glued to it.
async function openForAppending(path: string): Promise<FileHandle> {
  const handle = await open(path, 'a+', 0o600);
  const { size } = await handle.stat();
  const last = Buffer.alloc(1);
  if (size > 0) await handle.read(last, 0, 1, size - 1);
  if (size > 0 && last[0] !== 0x0a) await handle.appendFile('\n');
  return handle;
}
