import { watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { systemCode } from '../errors/gatelog-error.ts';
import { type LogFile, openLogFile } from './log-file.ts';
import { newerSiblings } from './rotation.ts';

/** A log as it is read: `isFinal` becomes true when its name was given to another file, or nothing will be added. */
export interface FollowedFile {
  readonly file: LogFile;
  isFinal: boolean;
}

/** Tells of changes to a file: how often there was a sign of one, and when there is another. */
export interface ChangeSignal {
  /** Counts up with every sign; to be read before looking at the file, so that none is missed meanwhile. */
  readonly count: () => number;
  /** Resolves when the count is beyond `seen`, at the latest after the poll interval, or when aborted. */
  readonly after: (seen: number) => Promise<void>;
  readonly close: () => void;
}

const POLL_INTERVAL = 200;

/**
 * The files that stand under one name, one after the other, for ever: the one there now (or once there is one), and
 * each that a rotation puts in its place. A file is opened as soon as it is seen, so it can be read to its end even
 * when it is renamed or removed meanwhile. Ends when `signal` is aborted; the caller closes the files.
 */
export async function* followName(
  path: string,
  changes: ChangeSignal,
  signal: AbortSignal,
): AsyncGenerator<FollowedFile> {
  const seen = new Set<string>();
  let current: FollowedFile | undefined;
  while (!signal.aborted) {
    const seenChanges = changes.count();
    const next = await openOther(path, current?.file.identity);
    if (next) {
      seen.add(next.identity);
      const before = current;
      current = { file: next, isFinal: false };
      if (before) {
        // Two rotations between two looks: what came in between has a sibling's name by now.
        const { mtimeMs } = await before.file.handle.stat();
        for (const file of await newerSiblings(path, mtimeMs, seen)) {
          seen.add(file.identity);
          yield { file, isFinal: true };
        }
        before.isFinal = true;
      }
      yield current;
    }
    await changes.after(seenChanges);
  }
}

/** Watches the folder of a file and polls besides: events are quick but not reliable (network disks, limits). */
export function changeSignal(path: string, signal: AbortSignal): ChangeSignal {
  const waiting = new Set<() => void>();
  let count = 0;
  const wake = (): void => {
    count += 1;
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  const name = basename(path);
  const watcher = watchQuietly(dirname(path), (changed) => {
    if (changed === null || changed === name) wake();
  });
  const timer = setInterval(wake, POLL_INTERVAL);
  signal.addEventListener('abort', wake, { once: true });
  return {
    count: () => count,
    after: (seen) =>
      signal.aborted || count > seen ? Promise.resolve() : new Promise((resolve) => waiting.add(resolve)),
    close: () => {
      watcher?.();
      clearInterval(timer);
      signal.removeEventListener('abort', wake);
      wake();
    },
  };
}

function watchQuietly(folder: string, onChange: (name: string | null) => void): (() => void) | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, (_, name) => onChange(name));
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return undefined;
  }
}

/** The file under a name now, opened, unless it is the one already known or there is none. */
async function openOther(path: string, identity: string | undefined): Promise<LogFile | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found && `${found.dev}:${found.ino}` === identity) return undefined;
  const file = await openLogFile(path).catch((error: unknown): undefined => {
    if (systemCode(error) !== 'GATELOG_SHIP_FILE_MISSING') throw error;
  });
  if (file?.identity !== identity) return file;
  await file?.handle.close();
  return undefined;
}
