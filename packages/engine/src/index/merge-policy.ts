/** What the policy knows of a segment. */
export interface Mergeable {
  readonly documents: number;
  readonly liveCount: number;
}

/**
 * Chooses the segments of one merge, like Lucene's TieredMergePolicy: a merge joins as many of about the same size, so that each document is copied
 * once per tier. The oldest of a tier go first, which keeps segments apart in time.
 * @returns undefined when nothing is worth merging
 */
export function chooseMerge<S extends Mergeable>(segments: readonly S[]): readonly S[] | undefined {
  const tiers = new Map<number, S[]>();
  for (const segment of segments) {
    if (segment.liveCount === 0) return [segment];
    const tier = Math.floor(Math.log(Math.max(segment.liveCount / SMALLEST, 1)) / Math.log(WIDTH));
    const members = tiers.get(tier) ?? [];
    tiers.set(tier, members);
    members.push(segment);
  }
  for (const [, members] of [...tiers].toSorted(([a], [b]) => a - b)) {
    if (members.length < WIDTH) continue;
    const chosen = fitting(members);
    if (chosen.length > 1) return chosen;
  }
  const stale = segments.find(({ documents, liveCount }) => documents - liveCount > documents * STALE);
  return stale && [stale];
}

/** Most documents of a merged segment. */
export const MAXIMUM_DOCUMENTS = 2_000_000;
const WIDTH = 8;
/** Segments below this many documents count as equal. */
const SMALLEST = 5000;
/** Share of deleted documents above which a segment is worth rewriting alone. */
const STALE = 0.33;

function fitting<S extends Mergeable>(members: readonly S[]): S[] {
  const chosen: S[] = [];
  let documents = 0;
  for (const member of members) {
    if (chosen.length === WIDTH || documents + member.liveCount > MAXIMUM_DOCUMENTS) break;
    chosen.push(member);
    documents += member.liveCount;
  }
  return chosen;
}
