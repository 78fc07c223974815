import type { Segment, TermDictionary } from '../segment/segment.ts';
import { NONE } from './keyed.ts';

/** The terms of one field over all segments of a search, numbered in the order of their bytes. */
export interface GlobalTerms {
  readonly size: number;
  /** A view of the term's bytes; do not keep or change it. */
  bytes(term: number): Uint8Array;
  /** The term's number, or −(insertion point) − 1. */
  find(bytes: Uint8Array): number;
  /** From a column's code (ordinal + 1; 0 is no value, NONE here) to the term's number. Shared: do not change it. */
  table(segment: Segment): Uint32Array | undefined;
}

/**
 * Merging the dictionaries costs about 0.1 ms per thousand terms, so what was merged is kept as long as the segments are:
 * one entry a field, found by the first segment that has the field.
 */
export function globalTerms(segments: readonly Segment[], field: string): GlobalTerms {
  const sources = [...new Set(segments)].flatMap((segment) => {
    const dictionary = segment.terms(field)?.dictionary;
    return dictionary === undefined ? [] : [{ segment, dictionary }];
  });
  const first = sources[0]?.segment;
  if (first === undefined) return new MergedTerms([]);
  const known = cache.get(first) ?? new Map<string, MergedTerms>();
  cache.set(first, known);
  const found = known.get(field);
  if (found?.covers(sources)) return found;
  const merged = new MergedTerms(sources);
  known.set(field, merged);
  return merged;
}

const cache = new WeakMap<Segment, Map<string, MergedTerms>>();

interface Source {
  readonly segment: Segment;
  readonly dictionary: TermDictionary;
}

class MergedTerms implements GlobalTerms {
  readonly size: number;
  private readonly sources: readonly Source[];
  private readonly merged: Merged;
  private readonly tables: Map<Segment, Uint32Array> = new Map();

  constructor(sources: readonly Source[]) {
    this.sources = sources;
    this.merged = mergeAll(sources.map((source) => source.dictionary));
    this.size = this.merged.origin.length;
    sources.forEach(({ segment }, i) => this.tables.set(segment, withoutValue(this.merged.maps[i]!)));
  }

  covers(sources: readonly Source[]): boolean {
    return (
      sources.length === this.sources.length && sources.every(({ segment }, i) => segment === this.sources[i]!.segment)
    );
  }

  bytes(term: number): Uint8Array {
    return this.sources[this.merged.origin[term]!]!.dictionary.bytes(this.merged.ordinal[term]!);
  }

  find(bytes: Uint8Array): number {
    let low = 0;
    let high = this.size - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const order = Buffer.compare(this.bytes(middle), bytes);
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return -low - 1;
  }

  table(segment: Segment): Uint32Array | undefined {
    return this.tables.get(segment);
  }
}

/** Sorted terms: where each is found (dictionary, ordinal), and each dictionary's way from ordinal to merged number. */
interface Merged {
  readonly origin: Uint32Array;
  readonly ordinal: Uint32Array;
  readonly maps: readonly Uint32Array[];
}

/** Merges halves of halves: every term is compared log2(dictionaries) times. */
function mergeAll(dictionaries: readonly TermDictionary[], first = 0, end: number = dictionaries.length): Merged {
  if (end - first > 1) {
    const middle = (first + end) >>> 1;
    return merge(dictionaries, mergeAll(dictionaries, first, middle), mergeAll(dictionaries, middle, end));
  }
  const size = dictionaries[first]?.size ?? 0;
  const ordinal = Uint32Array.from({ length: size }, (_, i) => i);
  return { origin: new Uint32Array(size).fill(first), ordinal, maps: [ordinal] };
}

function merge(dictionaries: readonly TermDictionary[], left: Merged, right: Merged): Merged {
  const term = (side: Merged, i: number): Uint8Array => dictionaries[side.origin[i]!]!.bytes(side.ordinal[i]!);
  const most = left.origin.length + right.origin.length;
  const origin = new Uint32Array(most);
  const ordinal = new Uint32Array(most);
  const fromLeft = new Uint32Array(left.origin.length);
  const fromRight = new Uint32Array(right.origin.length);
  let size = 0;
  for (let i = 0, j = 0; i < fromLeft.length || j < fromRight.length; size++) {
    const order =
      i === fromLeft.length ? 1 : j === fromRight.length ? -1 : Buffer.compare(term(left, i), term(right, j));
    const side = order <= 0 ? left : right;
    const place = order <= 0 ? i : j;
    origin[size] = side.origin[place]!;
    ordinal[size] = side.ordinal[place]!;
    if (order <= 0) fromLeft[i++] = size;
    if (order >= 0) fromRight[j++] = size;
  }
  return {
    origin: origin.slice(0, size),
    ordinal: ordinal.slice(0, size),
    maps: [
      ...left.maps.map((map) => map.map((place) => fromLeft[place]!)),
      ...right.maps.map((map) => map.map((place) => fromRight[place]!)),
    ],
  };
}

function withoutValue(map: Uint32Array): Uint32Array {
  const table = new Uint32Array(map.length + 1);
  table[0] = NONE;
  table.set(map, 1);
  return table;
}
