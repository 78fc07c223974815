import { Uint32List } from './lists.ts';
import type { SectionSink } from './sections.ts';

/**
 * Collects one run of bytes per document in chunks. They are copied, for a view would hold all of the request it came in: up to
 * a socket's 64 KiB for a line of log.
 */
export class BlobList {
  private readonly chunks: Buffer[] = [];
  private chunk: Buffer = Buffer.alloc(0);
  private used = 0;
  /** Per document: its chunk, where it begins there, and its length. */
  private readonly places = new Uint32List();
  private readonly starts = new Uint32List();
  private readonly lengths = new Uint32List();

  get count(): number {
    return this.places.length;
  }

  add(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.chunk.set(bytes, this.used);
    this.note(bytes.length);
  }

  addText(text: string): void {
    this.reserve(text.length * 3);
    this.note(this.chunk.write(text, this.used));
  }

  /** A view; do not change it. */
  get(document: number): Buffer {
    const start = this.starts.view()[document]!;
    return this.chunks[this.places.view()[document]!]!.subarray(start, start + this.lengths.view()[document]!);
  }

  async write(sink: SectionSink, name: string): Promise<void> {
    const lengths = this.lengths.view();
    const offsets = new Uint32Array(this.count + 1);
    for (let i = 0; i < this.count; i++) offsets[i + 1] = offsets[i]! + lengths[i]!;
    const data = new Uint8Array(offsets[this.count]!);
    // The documents of a chunk lie one behind the other, so a chunk is copied at once.
    const places = this.places.view();
    for (let first = 0; first < this.count;) {
      let end = first + 1;
      while (end < this.count && places[end] === places[first]) end++;
      data.set(this.chunks[places[first]!]!.subarray(0, offsets[end]! - offsets[first]!), offsets[first]);
      first = end;
    }
    await sink.write(name, data);
    await sink.write(`${name}.at`, offsets);
  }

  private reserve(bytes: number): void {
    if (this.chunks.length > 0 && this.used + bytes <= this.chunk.length) return;
    const size = this.chunks.length === 0 ? FIRST_CHUNK : CHUNK;
    this.chunk = Buffer.allocUnsafeSlow(Math.max(size, bytes));
    this.chunks.push(this.chunk);
    this.used = 0;
  }

  private note(length: number): void {
    this.places.push(this.chunks.length - 1);
    this.starts.push(this.used);
    this.lengths.push(length);
    this.used += length;
  }
}

const FIRST_CHUNK = 4096;
const CHUNK = 1 << 20;
