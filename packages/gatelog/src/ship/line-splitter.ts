/** One line of a log file, without its line end. */
export interface RawLine {
  /** Byte offset of its first byte in the file. */
  readonly start: number;
  /** Byte offset of the first byte after its line end; where reading resumes once the line is done with. */
  readonly end: number;
  /** The line's bytes without LF or CRLF; cut to the splitter's limit when it was longer. */
  readonly bytes: Buffer;
  readonly isCut: boolean;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Cuts the bytes of a file into lines, whatever the borders of the chunks they come in: a chunk may end within a
 * character, or between CR and LF. It holds at most `limit` bytes of an unfinished line.
 */
export class LineSplitter {
  readonly #limit: number;
  #start: number;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #skippedBytes = 0;

  /** `start` is the offset of the first byte that will be pushed; `limit` the longest line kept whole, in bytes. */
  constructor(start: number, limit: number) {
    this.#start = start;
    this.#limit = limit;
  }

  /** Offset of the next byte to push. */
  get position(): number {
    return this.#start + this.#heldBytes + this.#skippedBytes;
  }

  /** Adds a chunk and returns the lines that it completed. The lines may share memory with the chunk. */
  push(chunk: Buffer): RawLine[] {
    const lines: RawLine[] = [];
    let from = 0;
    for (let to = chunk.indexOf(LINE_FEED); to >= 0; to = chunk.indexOf(LINE_FEED, from)) {
      this.#hold(chunk.subarray(from, to));
      lines.push(this.#take(1));
      from = to + 1;
    }
    this.#hold(chunk.subarray(from));
    return lines;
  }

  /** The line that has no line end yet, if there is one. It stays held. */
  unfinished(): RawLine | undefined {
    return this.position === this.#start ? undefined : this.#line(0);
  }

  #hold(bytes: Buffer): void {
    const kept = bytes.subarray(0, Math.max(0, this.#limit - this.#heldBytes));
    if (kept.length > 0) this.#held.push(kept);
    this.#heldBytes += kept.length;
    this.#skippedBytes += bytes.length - kept.length;
  }

  #take(lineEnd: number): RawLine {
    const line = this.#line(lineEnd);
    this.#start = line.end;
    this.#held = [];
    this.#heldBytes = 0;
    this.#skippedBytes = 0;
    return line;
  }

  #line(lineEnd: number): RawLine {
    const bytes = this.#held.length === 1 ? (this.#held[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#held);
    const isCut = this.#skippedBytes > 0;
    const hasReturn = !isCut && bytes.at(-1) === CARRIAGE_RETURN;
    return {
      start: this.#start,
      end: this.position + lineEnd,
      bytes: hasReturn ? bytes.subarray(0, -1) : bytes,
      isCut,
    };
  }
}
