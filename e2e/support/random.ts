/** Whole numbers from 0 to below `limit`; the same seed gives the same sequence. */
export type Random = (limit: number) => number;

/** Park and Miller's minimal standard generator: x ← 48271 · x mod (2³¹ − 1). */
export function seededRandom(seed: number): Random {
  let state = (seed % 2_147_483_646) + 1;
  return (limit) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
}

/** A shuffled copy. */
export function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, place: random(1_000_000_007) }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
