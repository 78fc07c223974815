import { stat } from 'node:fs/promises';
import type { Checkpoint } from './checkpoint.ts';
import { type LogFile, openLogFile } from './log-file.ts';
import { newerSiblings, siblingsOf } from './rotation.ts';

/**
 * The rotated files beside a log that still have something to ship, oldest first: those that were being read when
 * shipping stopped, and, when the log itself is another file than the one last read, all that were written to since.
 * A log that was never shipped has none: its old files are shipped when they are named. The caller closes the files.
 */
export async function unreadRotatedFiles(checkpoint: Checkpoint, target: string, path: string): Promise<LogFile[]> {
  const latest = checkpoint.latestOf(target, path);
  if (!latest) return [];
  const found = await stat(path).catch(() => undefined);
  const current = found ? `${found.dev}:${found.ino}` : '';
  const since = latest.identity === current ? Number.POSITIVE_INFINITY : latest.modified;
  const behind = new Set<string>();
  for (const sibling of await siblingsOf(path)) {
    const entry = checkpoint.entryOf(target, sibling.identity);
    if (entry?.path === path && entry.offset < sibling.size) behind.add(sibling.path);
  }
  const newer = await newerSiblings(path, since, new Set([current]));
  const rest = [...behind].filter((sibling) => !newer.some((file) => file.path === sibling));
  const opened = await Promise.all(rest.map((sibling) => openLogFile(sibling).catch(() => undefined)));
  return [...opened.filter((file) => file !== undefined), ...newer];
}
