import type { Postings } from '../segment/segment.ts';
import { ordinalOf } from './statistics.ts';

export interface PhraseTerm {
  readonly bytes: Uint8Array;
  /** Behind the first. */
  readonly position: number;
}

/** Where one term stands in one document: `positions[start]` … `positions[end − 1]`. */
export interface Places {
  readonly positions: Uint32Array;
  readonly start: number;
  readonly end: number;
}

/**
 * Calls back for each document that has all terms, in ascending order, with the places of each in the order of the terms.
 * The places are the same objects each time. Nothing is made for a document: of a common phrase there are millions.
 */
export function eachWithAll(
  postings: Postings,
  terms: readonly PhraseTerm[],
  visit: (document: number, places: readonly Places[]) => void,
): void {
  const ordinals = terms.map(({ bytes }) => ordinalOf(postings, bytes));
  if (ordinals.includes(-1)) return;
  const cursors = ordinals.map((ordinal) => new Cursor(postings.decodePositions(ordinal)));
  const [first] = cursors;
  let document = first!.document;
  while (document !== ENDED) {
    const missing = cursors.find((cursor) => cursor.advance(document) !== document);
    if (missing === undefined) {
      visit(document, cursors);
      document = first!.advance(document + 1);
    } else document = missing.document;
  }
}

const ENDED = Infinity;

class Cursor implements Places {
  readonly positions: Uint32Array;
  start = 0;
  end: number;
  private readonly documents: Uint32Array;
  private readonly frequencies: Uint32Array;
  private at = 0;

  constructor({ documents, frequencies, positions }: ReturnType<Postings['decodePositions']>) {
    this.documents = documents;
    this.frequencies = frequencies;
    this.positions = positions;
    this.end = frequencies[0] ?? 0;
  }

  get document(): number {
    return this.documents[this.at] ?? ENDED;
  }

  /** Goes to the first document that is not before `target`. */
  advance(target: number): number {
    const { documents, frequencies } = this;
    while (this.at < documents.length && documents[this.at]! < target) {
      this.at++;
      this.start = this.end;
      this.end += frequencies[this.at] ?? 0;
    }
    return this.document;
  }
}
