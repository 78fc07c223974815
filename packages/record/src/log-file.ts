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
  return new BufferedLogFile(options);
}

class BufferedLogFile implements LogFile {
  readonly #options: LogFileOptions;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #written = 0;
  #dropped = 0;
  #closed = false;
  /** The last append failed, or lines were dropped since; it has been reported. */
  #troubled = false;
  #timer: NodeJS.Timeout | undefined;
  #errand: Errand<AppendResult> | undefined;
  #appending: Promise<void> | undefined;

  constructor(options: LogFileOptions) {
    // A later `process.chdir` must not move the log.
    this.#options = { ...options, path: resolve(options.path) };
    process.on('exit', this.#flushNow);
  }

  write(line: string): void {
    const bytes = Buffer.from(`${line}\n`);
    if (this.#closed || this.#waitingBytes + bytes.length > this.#options.bufferBytes) {
      this.#drop();
      return;
    }
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes >= FLUSH_BYTES && !this.#troubled) void this.#append();
    else this.#schedule();
  }

  flush(): Promise<void> {
    return this.#writeUpTo(this.#written + this.#waiting.length);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.flush();
    clearTimeout(this.#timer);
    process.off('exit', this.#flushNow);
    this.#dropped += this.#waiting.length;
    this.#waiting = [];
  }

  stats(): LogFileStats {
    return { written: this.#written, waiting: this.#waiting.length, dropped: this.#dropped };
  }

  async #writeUpTo(goal: number): Promise<void> {
    if (this.#written >= goal) return;
    await this.#append();
    if (!this.#troubled) await this.#writeUpTo(goal);
  }

  /** One append at a time; who comes while one is under way waits for that one. */
  #append(): Promise<void> {
    this.#appending ??= this.#appendWaiting();
    return this.#appending;
  }

  async #appendWaiting(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#errand = startErrand(appendLines(this.#options, this.#waiting.slice()));
    this.#settle(await this.#errand.finished);
    this.#errand = undefined;
    this.#appending = undefined;
    if (this.#waiting.length > 0 && !this.#closed) this.#schedule();
  }

  #settle({ written, error }: AppendResult): void {
    for (const line of this.#waiting.slice(0, written)) this.#waitingBytes -= line.length;
    this.#waiting = this.#waiting.slice(written);
    this.#written += written;
    if (error === undefined) this.#troubled = false;
    else this.#report(`The log ${this.#options.path} cannot be written: ${describe(error)}.`, error);
  }

  #schedule(): void {
    if (this.#appending !== undefined) return;
    const delay = this.#troubled ? RETRY_INTERVAL : this.#options.flushInterval;
    // Not a reason for the process to live on: at its end what is left is written all the same.
    this.#timer ??= setTimeout(() => void this.#append(), delay).unref();
  }

  #drop(): void {
    this.#dropped += 1;
    if (this.#closed) return;
    this.#report(`Lines for ${this.#options.path} come faster than the disk takes them: some are lost.`);
  }

  #report(message: string, cause?: unknown): void {
    if (this.#troubled) return;
    this.#troubled = true;
    try {
      this.#options.onError(new Error(message, { cause }));
    } catch {
      // The hook is the app's; what it throws must not come back to the app as a failed request.
    }
  }

  readonly #flushNow = (): void => {
    if (this.#errand !== undefined) this.#settle(this.#errand.finishNow());
    this.#errand = undefined;
    if (this.#waiting.length > 0) this.#settle(walkNow(appendLines(this.#options, this.#waiting)));
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
