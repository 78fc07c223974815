import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type LogFile, openLogFile } from './log-file.ts';

/** A rotated file beside a log. */
export interface Sibling {
  readonly path: string;
  /** Device and inode. */
  readonly identity: string;
  /** Modification time, ms since 1970; renaming keeps it. */
  readonly modified: number;
  readonly size: number;
}

/** The rotated files beside a log (`app.log.1`, `app.log-20231114`), oldest first. Compressed ones are left out. */
export async function siblingsOf(path: string): Promise<Sibling[]> {
  const prefix = basename(path);
  const names = await readdir(dirname(path)).catch(() => []);
  const rotated = names.filter((name) => name.startsWith(prefix) && /^[.-]\d[\d.-]*$/.test(name.slice(prefix.length)));
  const siblings = await Promise.all(rotated.map((name) => describe(join(dirname(path), name))));
  return siblings.filter((sibling) => sibling !== undefined).toSorted(byAge);
}

/**
 * Opens the rotated files that were written to at or after a moment, oldest first. Unreadable files are left out, and
 * so are the identities in `known`. The caller closes the files.
 */
export async function newerSiblings(path: string, since: number, known: ReadonlySet<string>): Promise<LogFile[]> {
  const opened: LogFile[] = [];
  for (const sibling of await siblingsOf(path)) {
    if (sibling.modified < since || known.has(sibling.identity)) continue;
    const file = await openLogFile(sibling.path).catch(() => undefined);
    if (file) opened.push(file);
  }
  return opened;
}

async function describe(path: string): Promise<Sibling | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  return { path, identity: `${found.dev}:${found.ino}`, modified: found.mtimeMs, size: found.size };
}

// Of two written in the same millisecond, the one with the larger number was rotated first.
function byAge(one: Sibling, other: Sibling): number {
  return one.modified - other.modified || other.path.localeCompare(one.path, 'en', { numeric: true });
}
