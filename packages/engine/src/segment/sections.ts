/**
 * A segment is a table of contents and named sections of bytes. Numbers are little-endian, as every machine Node runs on has them.
 * Field sections are named `FIELD-NUMBER.part`, where the number is the field's place in `fields`.
 */
export interface SegmentContents {
  readonly documentCount: number;
  readonly fields: readonly FieldContents[];
  readonly sequenceNumbers: IntegersContents;
  readonly versions: IntegersContents;
  /** Whether `_id`s and sources are deflated in blocks (on disk) or plain (in memory). */
  readonly deflated: boolean;
  readonly routed: boolean;
}

/** Integers as `base + slope × document + packed[document]`; width 0 keeps nothing packed. */
export interface IntegersContents {
  readonly base: number;
  readonly slope: number;
  readonly width: 0 | Width;
}

/** Bytes of one packed number; 8 is a Float64. */
export type Width = 1 | 2 | 4 | 8;

export type FieldContents = TermsContents | NumbersContents | PostingsContents;

export interface TermsContents {
  readonly storage: 'terms';
  readonly name: string;
  readonly width: Width;
  readonly multiple: boolean;
}

export interface NumbersContents {
  readonly storage: 'numbers';
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly base: number;
  readonly scale: number;
  readonly width: Width;
  readonly multiple: boolean;
  /** Every document has a value: no presence section. */
  readonly everywhere: boolean;
}

export interface PostingsContents {
  readonly storage: 'postings';
  readonly name: string;
  readonly documentCount: number;
  readonly totalTermFrequency: number;
  readonly everywhere: boolean;
}

/** Where sections are read from: memory, or a file. */
export interface SectionSource {
  /** Bytes of all sections, in memory or on disk. */
  readonly byteLength: number;
  /** A whole section, verified, from the start of a buffer that is aligned to 8 bytes. @throws ElasticError when it is damaged or missing. */
  read(name: string): Uint8Array;
  /** A part of a section, not verified. */
  range(name: string, start: number, end: number): Uint8Array;
  /** Keeps what costs to derive from sections, under the same budget as they. */
  derive<T extends { readonly byteLength: number }>(name: string, compute: () => T): T;
}

/** Where sections are written to. Writes to one name follow each other and make up one section. */
export interface SectionSink {
  write(name: string, bytes: ArrayBufferView): Promise<void> | void;
}

/** Sections in memory: what a refresh makes, and what tests merge into. */
export class MemorySections implements SectionSource, SectionSink {
  private readonly sections = new Map<string, Uint8Array>();
  private readonly derived = new Map<string, { readonly byteLength: number }>();

  write(name: string, content: ArrayBufferView): void {
    const bytes = new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
    const before = this.sections.get(name);
    if (before === undefined) {
      this.sections.set(name, bytes);
      return;
    }
    const joined = new Uint8Array(before.length + bytes.length);
    joined.set(before);
    joined.set(bytes, before.length);
    this.sections.set(name, joined);
  }

  read(name: string): Uint8Array {
    const bytes = this.sections.get(name);
    if (bytes === undefined) throw new Error(`a segment in memory has no section ${name}`);
    return bytes;
  }

  range(name: string, start: number, end: number): Uint8Array {
    return this.read(name).subarray(start, end);
  }

  derive<T extends { readonly byteLength: number }>(name: string, compute: () => T): T {
    let value = this.derived.get(name);
    if (value === undefined) this.derived.set(name, (value = compute()));
    return value as T;
  }

  get byteLength(): number {
    let total = 0;
    for (const bytes of this.sections.values()) total += bytes.length;
    return total;
  }
}
