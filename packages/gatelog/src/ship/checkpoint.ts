import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gatelogError, reasonOf, systemCode } from '../errors/gatelog-error.ts';
import type { Place } from './line-chain.ts';
import { fingerprint, type LogFile } from './log-file.ts';
import { replaceFile } from './state-folder.ts';

/** How far one file was stored in one index. */
export interface CheckpointEntry {
  /** Store and index, see `targetOf`. */
  readonly target: string;
  readonly path: string;
  /** Device and inode. */
  readonly identity: string;
  readonly offset: number;
  /** Digest of the lines before the offset, hexadecimal (line-chain.ts). */
  readonly digest: string;
  /** Of the content before the offset (log-file.ts). */
  readonly fingerprint: string;
  /** Modification time of the file when the entry was made, ms since 1970. */
  readonly modified: number;
  /** Id under which the line at the offset was stored before it had its line end. */
  readonly unfinished?: string;
}

/** Where to go on in a file. */
export interface Resumption extends Place {
  readonly unfinished?: string;
}

const VERSION = 1;
const MOST_ENTRIES = 500;

/**
 * The checkpoints of a state folder: `checkpoint.json`, `{"version":1,"files":[…]}`, the latest entry last. It is
 * replaced atomically and only after the store has acknowledged what lies before.
 */
export class Checkpoint {
  readonly #path: string;
  #entries: CheckpointEntry[];
  #saving: Promise<void> = Promise.resolve();

  private constructor(path: string, entries: CheckpointEntry[]) {
    this.#path = path;
    this.#entries = entries;
  }

  /** Throws GATELOG_SHIP_STATE_UNREADABLE for a file that is damaged or of a later version. */
  static async open(folder: string): Promise<Checkpoint> {
    const path = join(folder, 'checkpoint.json');
    return new Checkpoint(path, await readEntries(path));
  }

  /** The newest entry that was made under this path. */
  latestOf(target: string, path: string): CheckpointEntry | undefined {
    return this.#entries.findLast((entry) => entry.target === target && entry.path === path);
  }

  /** The entry that was made for a device and inode, whatever it is called now. */
  entryOf(target: string, identity: string): CheckpointEntry | undefined {
    return this.#entries.findLast((entry) => entry.target === target && entry.identity === identity);
  }

  /**
   * The entry whose content is the beginning of this file, whatever its name is now: first the same inode, then any.
   * An entry from before the first whole line stands for no content, so only inode and path can tell its file.
   */
  async find(target: string, file: LogFile): Promise<CheckpointEntry | undefined> {
    const candidates = this.#entries.filter((entry) => entry.target === target).toReversed();
    const sameFile = candidates.filter(({ identity }) => identity === file.identity);
    const others = candidates.filter(({ identity, offset }) => identity !== file.identity && offset > 0);
    for (const entry of [...sameFile, ...others]) {
      if (entry.offset === 0 && entry.path !== file.path) continue;
      if ((await fingerprint(file.handle, entry.offset)) === entry.fingerprint) return entry;
    }
    return undefined;
  }

  /** Remembers the place in a file, on disk when it resolves. Throws GATELOG_SHIP_STATE_UNWRITABLE. */
  advance(target: string, file: LogFile, place: Place, unfinished?: string): Promise<void> {
    // One after the other: an earlier state must never replace a later one.
    const before = this.#saving.catch(() => undefined);
    this.#saving = before.then(() => this.#replaceEntry(target, file, place, unfinished));
    return this.#saving;
  }

  /** Forgets everything about an index that is no longer there. */
  forget(target: string): void {
    this.#entries = this.#entries.filter((entry) => entry.target !== target);
  }

  async #replaceEntry(target: string, file: LogFile, place: Place, unfinished: string | undefined): Promise<void> {
    const next = await entryFor(target, file, place, unfinished);
    const rest = this.#entries.filter((entry) => entry.target !== target || entry.identity !== file.identity);
    this.#entries = [...rest, ...(next ? [next] : [])].slice(-MOST_ENTRIES);
    await replaceFile(this.#path, `${JSON.stringify({ version: VERSION, files: this.#entries }, undefined, 1)}\n`);
  }
}

/** What a checkpoint is about besides the file: the same log may go to many stores and indices. */
export function targetOf(url: string, index: string): string {
  return `${url}/${index}`;
}

export function resumptionOf(entry: CheckpointEntry): Resumption {
  return {
    offset: entry.offset,
    digest: Buffer.from(entry.digest, 'hex'),
    ...(entry.unfinished !== undefined && { unfinished: entry.unfinished }),
  };
}

/** Undefined when the file was cut off below the place meanwhile: nothing of it is left to go on from. */
async function entryFor(
  target: string,
  file: LogFile,
  { offset, digest }: Place,
  unfinished: string | undefined,
): Promise<CheckpointEntry | undefined> {
  const { mtimeMs: modified } = await file.handle.stat();
  const print = await fingerprint(file.handle, offset);
  if (print === undefined) return undefined;
  const entry = { target, path: file.path, identity: file.identity, offset, digest: digest.toString('hex'), modified };
  return { ...entry, fingerprint: print, ...(unfinished !== undefined && { unfinished }) };
}

async function readEntries(path: string): Promise<CheckpointEntry[]> {
  const refuse = (reason: string, cause?: unknown): never => {
    throw gatelogError('GATELOG_SHIP_STATE_UNREADABLE', { file: path, reason }, cause);
  };
  const text = await readFile(path, 'utf8').catch((error: unknown) =>
    systemCode(error) === 'ENOENT' ? undefined : refuse(reasonOf(error), error),
  );
  if (text === undefined) return [];
  const content = parseJson(text);
  if (!isRecord(content) || !Array.isArray(content['files'])) return refuse('it is damaged');
  if (content['version'] !== VERSION) return refuse(`it is of version ${String(content['version'])}, not ${VERSION}`);
  return content['files'].every(isEntry) ? content['files'] : refuse('it is damaged');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is CheckpointEntry {
  return (
    isRecord(value) &&
    ['target', 'path', 'identity', 'digest', 'fingerprint'].every((name) => typeof value[name] === 'string') &&
    ['offset', 'modified'].every((name) => typeof value[name] === 'number') &&
    /^[0-9a-f]{64}$/.test(String(value['digest'])) &&
    (value['unfinished'] === undefined || typeof value['unfinished'] === 'string')
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
