/** Documents with the key each of them falls under; a document with several keys is repeated. Parallel arrays. */
export interface Keyed {
  readonly documents: Uint32Array;
  readonly owners: Uint32Array | undefined;
  readonly keys: Uint32Array;
}

/** No key: the document has no value, or one that is not wanted. */
export const NONE = 0xffff_ffff;

/** Leaves out what has no key. `dropped` is how many those are. */
export function compact(from: Pick<Keyed, 'documents' | 'owners'>, keys: Uint32Array, dropped: number): Keyed {
  const kept = allocate(from.owners !== undefined, keys.length - dropped);
  let next = 0;
  for (let i = 0; i < keys.length; i++) {
    if (keys[i] === NONE) continue;
    kept.keys[next] = keys[i]!;
    kept.documents[next] = from.documents[i]!;
    if (kept.owners !== undefined) kept.owners[next] = from.owners![i]!;
    next++;
  }
  return kept;
}

/** A document that has the same key twice keeps it once. The keys of one document must ascend, so that equal ones are neighbours. */
export function withoutRepeats(keyed: Keyed): Keyed {
  const { documents, owners, keys } = keyed;
  let dropped = 0;
  const unique = keys.map((key, i) => {
    if (i === 0 || key !== keys[i - 1] || documents[i] !== documents[i - 1] || owners?.[i] !== owners?.[i - 1])
      return key;
    dropped++;
    return NONE;
  });
  return dropped === 0 ? keyed : compact(keyed, unique, dropped);
}

export function allocate(
  owned: boolean,
  size: number,
): { documents: Uint32Array; owners: Uint32Array | undefined; keys: Uint32Array } {
  return {
    documents: new Uint32Array(size),
    owners: owned ? new Uint32Array(size) : undefined,
    keys: new Uint32Array(size),
  };
}
