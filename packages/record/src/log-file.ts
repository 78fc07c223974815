import { resolve } from 'node:path';
import { appendLines, type AppendResult, type RotatingFile } from './append-lines.ts';
import { startErrand, walkNow, type Errand } from './walk.ts';

export interface LogFileOptions extends RotatingFile {
  /** Milliseconds a line waits in memory at most. */
  flushInterval: number;
  /** Bytes of lines that wait in memory at most; further lines are dropped and counted. */
  bufferBytes: number;
  /** Told once when lines cannot be written or are dropped, and again only after it has gone well in between. */
  onError: (error: Error) => void;
}

export interface LogFileStats {
  /** Lines on the disk. */
  written: number;
  /** Lines in memory, not yet on the disk. */
  waiting: number;
  /** Lines lost because memory for them ran out, or because the file was closed. */
  dropped: number;
}

/** A rotating log file that is written behind the caller's back and never throws. */
export interface LogFile {
  /** Takes a line, without its line end. */
  write(line: string): void;
  /** Settles when all lines taken so far are on the disk or the disk has refused them. */
  flush(): Promise<void>;
  /** Flushes, and leaves no timer and no listener behind. Lines taken afterwards are dropped. */
  close(): Promise<void>;
  stats(): LogFileStats;
}

/** So many bytes are not left waiting for the interval. */
const FLUSH_BYTES = 64 * 1024;
/** After a failure the disk is left alone for this long. */
const RETRY_INTERVAL = 1000;

export function logFile(options: LogFileOptions): LogFile {
  // A later `process.chdir` must not move the log.
  const file: RotatingFile = { ...options, path: resolve(options.path) };
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let written = 0;
  let dropped = 0;
  let closed = false;
  let troubled = false;
  let timer: NodeJS.Timeout | undefined;
  let errand: Errand<AppendResult> | undefined;
  let underWay: Promise<void> | undefined;

  const write = (line: string): void => {
    const bytes = Buffer.from(`${line}\n`);
    if (closed || waitingBytes + bytes.length > options.bufferBytes) {
      dropped += 1;
      if (!closed) reportOnce(new Error(`Lines for ${file.path} come faster than the disk takes them: some are lost.`));
      return;
    }
    waiting.push(bytes);
    waitingBytes += bytes.length;
    if (waitingBytes >= FLUSH_BYTES && !troubled) void start();
    else schedule(troubled ? RETRY_INTERVAL : options.flushInterval);
  };

  const start = (): Promise<void> => (underWay ??= append());

  const append = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    errand = startErrand(appendLines(file, waiting.slice()));
    settle(await errand.finished);
    errand = undefined;
    underWay = undefined;
    if (waiting.length > 0 && !closed) schedule(troubled ? RETRY_INTERVAL : options.flushInterval);
  };

  const settle = (result: AppendResult): void => {
    const gone = waiting.slice(0, result.written);
    waiting = waiting.slice(result.written);
    waitingBytes -= gone.reduce((sum, line) => sum + line.length, 0);
    written += result.written;
    if (result.error === undefined) troubled = false;
    else
      reportOnce(
        new Error(`The log ${file.path} cannot be written: ${describe(result.error)}.`, { cause: result.error }),
      );
  };

  const schedule = (delay: number): void => {
    // Not a reason for the process to live on: at its end the exit handler writes what is left.
    if (underWay === undefined) timer ??= setTimeout(() => void start(), delay).unref();
  };

  const reportOnce = (error: Error): void => {
    if (troubled) return;
    troubled = true;
    try {
      options.onError(error);
    } catch {
      // The hook is the app's; what it throws must not come back to the app as a failed request.
    }
  };

  const writeUpTo = async (goal: number): Promise<void> => {
    if (written >= goal) return;
    await start();
    if (!troubled) await writeUpTo(goal);
  };
  const flush = (): Promise<void> => writeUpTo(written + waiting.length);

  const flushNow = (): void => {
    if (errand !== undefined) settle(errand.finishNow());
    errand = undefined;
    if (waiting.length > 0) settle(walkNow(appendLines(file, waiting)));
  };

  process.on('exit', flushNow);
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await flush();
    process.off('exit', flushNow);
    dropped += waiting.length;
    waiting = [];
  };

  return { write, flush, close, stats: () => ({ written, waiting: waiting.length, dropped }) };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
