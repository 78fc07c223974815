import { nextDigest, type Place } from './line-chain.ts';
import type { ChainedLine } from './line-documents.ts';
import { LineSplitter, type RawLine } from './line-splitter.ts';
import { fingerprint, type LogFile } from './log-file.ts';

/** Some whole lines of a file, blank ones left out, and the place after them. */
export interface LineBatch {
  readonly lines: readonly ChainedLine[];
  /** Where to go on once the batch is done with. */
  readonly end: Place;
  readonly bytes: number;
}

/** Reads a file forward from a place, in batches, as far as it has whole lines. */
export class FileReader {
  readonly #file: LogFile;
  readonly #longestLine: number;
  readonly #buffer: Buffer;
  #splitter: LineSplitter;
  #place: Place;
  #seen: string | undefined;

  constructor(file: LogFile, start: Place, batchBytes: number, longestLine: number) {
    this.#file = file;
    this.#longestLine = longestLine;
    this.#buffer = Buffer.alloc(batchBytes);
    this.#place = start;
    this.#splitter = new LineSplitter(start.offset, longestLine);
  }

  /** The next batch; undefined at the end of the file. A batch of a part of a very long line has no lines in it. */
  async read(): Promise<LineBatch | undefined> {
    const { position } = this.#splitter;
    const { bytesRead } = await this.#file.handle.read(this.#buffer, 0, this.#buffer.length, position);
    if (bytesRead === 0) return undefined;
    // The buffer is used again for the next batch while this one is on its way.
    const raw = this.#splitter.push(Buffer.from(this.#buffer.subarray(0, bytesRead)));
    const batch = this.#chain(raw);
    this.#seen = await fingerprint(this.#file.handle, this.#place.offset);
    return batch;
  }

  /** The last line when it has no line end, as a batch of its own that does not move the place. */
  unfinished(): LineBatch | undefined {
    const line = this.#splitter.unfinished();
    if (!line || isBlank(line)) return undefined;
    const digest = nextDigest(this.#place.digest, line.bytes);
    return { lines: [{ line, digest }], end: this.#place, bytes: line.end - line.start };
  }

  /** Whether what lies before the place is no longer what was read: the file was cut off, or written anew. */
  async wasReplaced(): Promise<boolean> {
    const { size } = await this.#file.handle.stat();
    if (size < this.#splitter.position) return true;
    const now = await fingerprint(this.#file.handle, this.#place.offset);
    this.#seen ??= now;
    return now !== this.#seen;
  }

  /** Starts over at a place. */
  restart(place: Place): void {
    this.#place = place;
    this.#seen = undefined;
    this.#splitter = new LineSplitter(place.offset, this.#longestLine);
  }

  #chain(raw: readonly RawLine[]): LineBatch {
    const from = this.#place.offset;
    const lines: ChainedLine[] = [];
    let { digest } = this.#place;
    for (const line of raw) {
      digest = nextDigest(digest, line.bytes);
      if (!isBlank(line)) lines.push({ line, digest });
    }
    this.#place = { offset: raw.at(-1)?.end ?? from, digest };
    return { lines, end: this.#place, bytes: this.#place.offset - from };
  }
}

function isBlank({ bytes, isCut }: RawLine): boolean {
  return !isCut && bytes.every((byte) => byte === 0x20 || byte === 0x09);
}
