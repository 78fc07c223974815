import zlib from 'node:zlib';
import { ElasticError } from '../errors.ts';
import { crc32 } from '../directory/crc32.ts';
import type { SectionSource } from './sections.ts';
import { VarintReader } from './postings-reader.ts';
import { viewAs, viewAsUint32 } from './widths.ts';

/** One run of bytes per document: the sources, the `_id`s. */
export interface Blobs {
  /** A view; do not change it. */
  get(document: number): Uint8Array;
}

export function readBlobs(sections: SectionSource, name: string, deflated: boolean): Blobs {
  return deflated ? new DeflatedBlobs(sections, name) : new PlainBlobs(sections, name);
}

class PlainBlobs implements Blobs {
  private readonly data: Uint8Array;
  private readonly offsets: Uint32Array;

  constructor(sections: SectionSource, name: string) {
    this.data = sections.read(name);
    this.offsets = viewAsUint32(sections.read(`${name}.at`));
  }

  get(document: number): Uint8Array {
    return this.data.subarray(this.offsets[document]!, this.offsets[document + 1]!);
  }
}

/** Blocks of documents, each deflated on its own. The block last read is kept, for the next document is often in it. */
export class DeflatedBlobs implements Blobs {
  private readonly sections: SectionSource;
  private readonly name: string;
  private kept: DecodedBlock | undefined;

  constructor(sections: SectionSource, name: string) {
    this.sections = sections;
    this.name = name;
  }

  get(document: number): Uint8Array {
    let block = this.kept;
    if (block === undefined || document < block.first || document >= block.end) {
      this.kept = block = this.decode(this.blockOf(document));
    }
    const place = document - block.first;
    return block.bytes.subarray(block.offsets[place]!, block.offsets[place + 1]!);
  }

  get blockCount(): number {
    return this.firsts().length - 1;
  }

  /** The documents `first` … `end − 1` of a block. */
  documentsOf(block: number): { readonly first: number; readonly end: number } {
    const firsts = this.firsts();
    return { first: firsts[block]!, end: firsts[block + 1]! };
  }

  /** A block as it is stored, verified: what a merge copies. */
  encoded(block: number): { readonly bytes: Uint8Array; readonly checksum: number } {
    const at = viewAs(8, this.sections.read(`${this.name}.at`));
    const bytes = this.sections.range(this.name, at[block]!, at[block + 1]!);
    const checksum = viewAsUint32(this.sections.read(`${this.name}.crc`))[block]!;
    if (crc32(bytes) !== checksum) {
      throw new ElasticError(
        500,
        'corrupt_index_exception',
        `block ${block} of section ${this.name} does not match its checksum`,
      );
    }
    return { bytes, checksum };
  }

  private decode(number: number): DecodedBlock {
    const { first, end } = this.documentsOf(number);
    const inflated = zlib.inflateRawSync(this.encoded(number).bytes);
    const reader = new VarintReader(inflated);
    const offsets = new Float64Array(end - first + 1);
    for (let i = 0; i < end - first; i++) offsets[i + 1] = offsets[i]! + reader.next();
    return { first, end, offsets, bytes: inflated.subarray(reader.offset) };
  }

  private blockOf(document: number): number {
    const firsts = this.firsts();
    let low = 0;
    let high = firsts.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (firsts[middle]! <= document) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** First document of each block, and the number of documents at the end. */
  private firsts(): Uint32Array {
    return viewAsUint32(this.sections.read(`${this.name}.firsts`));
  }
}

interface DecodedBlock {
  readonly first: number;
  readonly end: number;
  readonly offsets: Float64Array;
  readonly bytes: Uint8Array;
}
