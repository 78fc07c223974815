import { crc32 } from '../directory/crc32.ts';
import type { Directory, InputFile, OutputFile } from '../directory/directory.ts';
import { ElasticError } from '../errors.ts';
import type { SectionCache } from './section-cache.ts';
import type { SectionSink, SectionSource, SegmentContents } from './sections.ts';
import { StoredSegment } from './stored-segment.ts';

/**
 * A segment file: magic, sections (each aligned to 8 bytes), table of contents (JSON), footer.
 * Footer, 24 bytes: offset of the table (Float64), its length (uint32), its CRC-32 (uint32), magic. Opening reads the footer and the table alone.
 */
const MAGIC = Buffer.from('GATESEG1');
const FOOTER_BYTES = 24;
const FORMAT = 1;

interface Table {
  readonly format: number;
  readonly contents: SegmentContents;
  readonly sections: Readonly<Record<string, readonly [offset: number, length: number, checksum: number]>>;
}

/** Writes one segment; the caller makes the name durable. */
export class SegmentFileWriter implements SectionSink {
  private readonly file: OutputFile;
  private readonly sections: Record<string, [number, number, number]> = {};
  private gathered: Uint8Array[] = [];
  private gatheredBytes = 0;
  private offset = 0;
  private open: { readonly name: string; readonly offset: number; length: number; checksum: number } | undefined;

  private constructor(file: OutputFile) {
    this.file = file;
  }

  static async create(directory: Directory, name: string): Promise<SegmentFileWriter> {
    const writer = new SegmentFileWriter(await directory.create(name));
    await writer.append(MAGIC);
    return writer;
  }

  async write(name: string, content: ArrayBufferView): Promise<void> {
    const bytes = new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
    if (this.open?.name !== name) {
      await this.endSection();
      this.open = { name, offset: this.offset, length: 0, checksum: 0 };
    }
    this.open.checksum = crc32(bytes, this.open.checksum);
    this.open.length += bytes.length;
    await this.append(bytes);
  }

  /** Writes the table of contents and syncs the file. @returns the file's bytes. */
  async finish(contents: SegmentContents): Promise<number> {
    await this.endSection();
    const table: Table = { format: FORMAT, contents, sections: this.sections };
    const encoded = Buffer.from(JSON.stringify(table));
    const footer = Buffer.alloc(FOOTER_BYTES);
    footer.writeDoubleLE(this.offset, 0);
    footer.writeUInt32LE(encoded.length, 8);
    footer.writeUInt32LE(crc32(encoded), 12);
    MAGIC.copy(footer, 16);
    await this.append(encoded);
    await this.append(footer);
    await this.send();
    await this.file.sync();
    await this.file.close();
    return this.offset;
  }

  /** Lets go of a file that will not be finished. */
  async abandon(): Promise<void> {
    await this.file.close();
  }

  private async endSection(): Promise<void> {
    if (this.open === undefined) return;
    const { name, offset, length, checksum } = this.open;
    this.sections[name] = [offset, length, checksum];
    this.open = undefined;
    await this.append(new Uint8Array(-this.offset & 7));
  }

  /** Small writes are gathered: a source block is a few kilobytes, and a system call each would cost more than deflating it. */
  private async append(bytes: Uint8Array): Promise<void> {
    this.offset += bytes.length;
    this.gathered.push(bytes);
    this.gatheredBytes += bytes.length;
    if (this.gatheredBytes >= GATHER_BYTES) await this.send();
  }

  private async send(): Promise<void> {
    const bytes = this.gathered.length === 1 ? this.gathered[0]! : Buffer.concat(this.gathered);
    this.gathered = [];
    this.gatheredBytes = 0;
    await this.file.write(bytes);
  }
}

const GATHER_BYTES = 1 << 20;

/** @throws ElasticError 500 `corrupt_index_exception` for a file that is not a whole segment of this format. */
export function openSegmentFile(directory: Directory, name: string, cache: SectionCache): DiskSegment {
  const file = directory.open(name);
  try {
    const table = readTable(file, `${directory.path}/${name}`);
    return new DiskSegment(name, table, file, cache, `${directory.path}/${name}`);
  } catch (error) {
    file.close();
    throw error;
  }
}

export class DiskSegment extends StoredSegment {
  private readonly file: InputFile;
  private readonly cache: SectionCache;
  private readonly prefix: string;

  constructor(name: string, table: Table, file: InputFile, cache: SectionCache, path: string) {
    const prefix = cache.nextPrefix();
    super(name, table.contents, new FileSections(table, file, cache, prefix, path));
    this.file = file;
    this.cache = cache;
    this.prefix = prefix;
  }

  /** Drops what is kept of it. Searches that still use it read it again; the file stays open until they are done and it is collected. */
  retire(): void {
    this.cache.drop(this.prefix);
  }

  /** Closes the file too. Only when no search can use it any more. */
  close(): void {
    this.retire();
    this.file.close();
  }
}

function readTable(file: InputFile, path: string): Table {
  if (file.size < MAGIC.length + FOOTER_BYTES) throw corrupt(path, 'it is too short to be a segment');
  const footer = Buffer.from(file.read(file.size - FOOTER_BYTES, file.size));
  if (!footer.subarray(16).equals(MAGIC)) throw corrupt(path, 'it does not end as a segment of this format does');
  const start = footer.readDoubleLE(0);
  const end = start + footer.readUInt32LE(8);
  if (!(start >= MAGIC.length && end === file.size - FOOTER_BYTES)) throw corrupt(path, 'its footer is damaged');
  const encoded = file.read(start, end);
  if (crc32(encoded) !== footer.readUInt32LE(12))
    throw corrupt(path, 'its table of contents does not match its checksum');
  const table = JSON.parse(Buffer.from(encoded).toString()) as Table;
  if (table.format !== FORMAT) throw corrupt(path, `its format is ${table.format}, this engine reads ${FORMAT}`);
  return table;
}

class FileSections implements SectionSource {
  private readonly table: Table;
  private readonly file: InputFile;
  private readonly cache: SectionCache;
  private readonly prefix: string;
  private readonly path: string;

  constructor(table: Table, file: InputFile, cache: SectionCache, prefix: string, path: string) {
    this.table = table;
    this.file = file;
    this.cache = cache;
    this.prefix = prefix;
    this.path = path;
  }

  get byteLength(): number {
    return this.file.size;
  }

  read(name: string): Uint8Array {
    return this.cache.get(this.prefix + name, () => {
      const [offset, length, checksum] = this.section(name);
      const bytes = this.file.read(offset, offset + length);
      if (crc32(bytes) !== checksum) throw corrupt(this.path, `section ${name} does not match its checksum`);
      return bytes;
    });
  }

  range(name: string, start: number, end: number): Uint8Array {
    const [offset, length] = this.section(name);
    if (start < 0 || end > length) throw corrupt(this.path, `section ${name} is shorter than ${end} bytes`);
    return this.file.read(offset + start, offset + end);
  }

  derive<T extends { readonly byteLength: number }>(name: string, compute: () => T): T {
    return this.cache.get(this.prefix + name, compute);
  }

  private section(name: string): readonly [number, number, number] {
    const section = Object.hasOwn(this.table.sections, name) ? this.table.sections[name] : undefined;
    if (section === undefined) throw corrupt(this.path, `it has no section ${name}`);
    return section;
  }
}

function corrupt(path: string, what: string): ElasticError {
  return new ElasticError(500, 'corrupt_index_exception', `segment ${path} is damaged: ${what}`);
}
