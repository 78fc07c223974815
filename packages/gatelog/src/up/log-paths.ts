import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, parse, resolve, sep } from 'node:path';

const WILD = /[*?]/;
// What rotation has compressed was followed while it was still text.
const COMPRESSED = /\.(?:gz|bz2|xz|zst|zip)$/;

/**
 * The absolute paths that names of logs stand for, sorted, each once. A name without `*` or `?` stands for itself,
 * whether the file is there yet or not; in any segment of a path, `*` is any text and `?` any character. Wildcards
 * match neither names that begin with a dot nor compressed files.
 */
export async function expandLogPaths(names: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(names.map(expand));
  return [...new Set(found.flat())].toSorted();
}

async function expand(name: string): Promise<readonly string[]> {
  const path = resolve(name);
  if (!WILD.test(name)) return [path];
  const { root } = parse(path);
  const segments = path.slice(root.length).split(sep);
  let folders = [root];
  for (const [position, segment] of segments.entries()) {
    const isLast = position === segments.length - 1;
    const next = await Promise.all(folders.map((folder) => step(folder, segment, isLast)));
    folders = next.flat();
  }
  return folders;
}

async function step(folder: string, segment: string, isLast: boolean): Promise<readonly string[]> {
  if (!WILD.test(segment)) return [join(folder, segment)];
  const pattern = new RegExp(
    `^${segment
      .split(/([*?])/)
      .map(toExpression)
      .join('')}$`,
    'u',
  );
  const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
  return entries
    .filter((entry) => pattern.test(entry.name) && !entry.name.startsWith('.'))
    .filter((entry) => (isLast ? !entry.isDirectory() && !COMPRESSED.test(entry.name) : !entry.isFile()))
    .map(({ name }) => join(folder, name));
}

function toExpression(part: string): string {
  if (part === '*') return '.*';
  return part === '?' ? '.' : part.replace(/[\\^$.+()[\]{}|/-]/g, '\\$&');
}
