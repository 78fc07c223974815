import type { EncodedDictionary } from './dictionary.ts';
import { ByteList, Uint32List } from './lists.ts';
import type { TermDictionary } from './segment.ts';

export interface MergedDictionaries extends EncodedDictionary {
  /** Per input: the new ordinal of each old one; of a term that is not used, 0. */
  readonly ordinals: readonly Uint32Array[];
}

/**
 * Merges sorted dictionaries into one.
 * @param used per input which of its ordinals (1) are still used; undefined: all
 */
export async function mergeDictionaries(
  dictionaries: readonly TermDictionary[],
  used: readonly (Uint8Array | undefined)[],
  pause: () => Promise<void> | undefined,
): Promise<MergedDictionaries> {
  const ordinals = dictionaries.map((dictionary) => new Uint32Array(dictionary.size));
  const cursors = dictionaries
    .map((dictionary, input) => new Cursor(dictionary, used[input], input))
    .filter((cursor) => !cursor.done);
  const offsets = new Uint32List();
  const data = new ByteList();
  offsets.push(0);
  for (let ordinal = 0; cursors.length > 0; ordinal++) {
    const least = leastTerm(cursors);
    data.bytes(least);
    offsets.push(data.length);
    for (let i = cursors.length - 1; i >= 0; i--) {
      const cursor = cursors[i]!;
      if (compare(cursor.term, least) !== 0) continue;
      ordinals[cursor.input]![cursor.ordinal] = ordinal;
      cursor.advance();
      if (cursor.done) cursors.splice(i, 1);
    }
    if ((ordinal & 1023) === 0) await pause();
  }
  return { offsets: offsets.view(), data: data.view(), ordinals };
}

class Cursor {
  readonly input: number;
  ordinal = -1;
  done = false;
  term: Uint8Array = new Uint8Array(0);
  private readonly dictionary: TermDictionary;
  private readonly used: Uint8Array | undefined;

  constructor(dictionary: TermDictionary, used: Uint8Array | undefined, input: number) {
    this.dictionary = dictionary;
    this.used = used;
    this.input = input;
    this.advance();
  }

  advance(): void {
    do this.ordinal++;
    while (this.used?.[this.ordinal] === 0);
    this.done = this.ordinal >= this.dictionary.size;
    if (!this.done) this.term = this.dictionary.bytes(this.ordinal);
  }
}

function leastTerm(cursors: readonly Cursor[]): Uint8Array {
  let least = cursors[0]!.term;
  for (let i = 1; i < cursors.length; i++) if (compare(cursors[i]!.term, least) < 0) least = cursors[i]!.term;
  return least;
}

/** Order of bytes. For terms of a few dozen bytes a loop is faster than the call out to Buffer.compare. */
function compare(left: Uint8Array, right: Uint8Array): number {
  if (left === right) return 0;
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) {
    const order = left[i]! - right[i]!;
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
