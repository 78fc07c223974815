import { appendBytes, closeFile, endsTorn, measureFile, openForAppending, renameFile, type Walk } from './disk.ts';

/** A log file and how it rotates. */
export interface RotatingFile {
  path: string;
  /** Bytes. */
  maxBytes: number;
  /** How many older files are kept: `app.log.1`, the newest, to `app.log.3`. */
  backups: number;
}

/** What became of the lines of one append. */
export interface AppendResult {
  /** How many lines are on the disk, counted from the first. */
  written: number;
  /** Why not all of them, or why the file is larger than it should be. */
  error?: unknown;
}

/**
 * Appends whole lines, rotating as Python's `RotatingFileHandler`: when a line would bring the file to `maxBytes`
 * or beyond, the file becomes `.1`, `.1` becomes `.2` and so on, and the line begins a new file. As in Python since
 * 3.12.2 an empty file is never rotated, and with no backups none is. The file is opened anew each time, so that a
 * folder that vanished or a file that somebody moved away is made again. Failures are in the result.
 */
export function* appendLines(file: RotatingFile, lines: readonly Uint8Array[]): Walk<AppendResult> {
  const progress: AppendResult = { written: 0 };
  let maxBytes = file.backups > 0 && file.maxBytes > 0 ? file.maxBytes : Number.POSITIVE_INFINITY;
  try {
    while (progress.written < lines.length) {
      yield* appendToOne(file.path, lines, maxBytes, progress);
      if (progress.written === lines.length) break;
      try {
        yield* rotate(file);
      } catch (error) {
        // A file too large is better than a lost line.
        progress.error = error;
        maxBytes = Number.POSITIVE_INFINITY;
      }
    }
  } catch (error) {
    progress.error = error;
  }
  return progress;
}

function* appendToOne(
  path: string,
  lines: readonly Uint8Array[],
  maxBytes: number,
  progress: AppendResult,
): Walk<void> {
  const descriptor = yield* openForAppending(path);
  try {
    const { size, regular } = yield* measureFile(descriptor);
    const torn = regular && size > 0 && (yield* endsTorn(descriptor, size));
    const start = torn ? size + 1 : size;
    const fitting = takeFitting(lines, progress.written, start, regular ? maxBytes : Number.POSITIVE_INFINITY);
    if (fitting.length === 0) return;
    const chunk = Buffer.concat(torn ? [Buffer.from('\n'), ...fitting] : fitting);
    yield* appendAll(descriptor, chunk, size, (bytes) => {
      progress.written += countWhole(fitting, torn ? bytes - 1 : bytes);
    });
  } finally {
    yield* closeFile(descriptor);
  }
}

function takeFitting(lines: readonly Uint8Array[], from: number, start: number, maxBytes: number): Uint8Array[] {
  let size = start;
  let end = from;
  for (; end < lines.length; end += 1) {
    const length = lines[end]?.length ?? 0;
    if (size > 0 && size + length >= maxBytes) break;
    size += length;
  }
  return lines.slice(from, end);
}

/** Writes all, and says once how many bytes there were when it came to an end, good or bad. */
function* appendAll(descriptor: number, chunk: Uint8Array, size: number, report: (bytes: number) => void): Walk<void> {
  let written = 0;
  try {
    while (written < chunk.length) {
      written += yield* appendBytes(descriptor, chunk.subarray(written), size + written);
    }
  } finally {
    report(written);
  }
}

// A line cut short by a full disk counts as not written: it is written again, whole, on a line of its own.
function countWhole(lines: readonly Uint8Array[], bytes: number): number {
  let left = bytes;
  const torn = lines.findIndex((line) => {
    left -= line.length;
    return left < 0;
  });
  return torn === -1 ? lines.length : torn;
}

function* rotate({ path, backups }: RotatingFile): Walk<void> {
  for (let number = backups - 1; number > 0; number -= 1) {
    yield* renameFile(`${path}.${number}`, `${path}.${number + 1}`);
  }
  yield* renameFile(path, `${path}.1`);
}
