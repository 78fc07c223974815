import type { Bitset } from '../segment/bitset.ts';
import type { SegmentView } from '../segment/segment.ts';
import type { Context, Definition } from './aggregation.ts';
import { createChildren } from './children.ts';
import { MOST_BUCKETS, tooManyBuckets } from './steps.ts';

/**
 * Runs aggregations over the documents that matched in each segment, and gives the `aggregations` of the response.
 * `matched` may say which documents they are only when asked: nothing is expanded before.
 */
export function runAggregations(
  definitions: readonly Definition[],
  context: Omit<Context, 'countBuckets'>,
  matched: Iterable<{ readonly view: SegmentView; readonly documents: Bitset }>,
): Record<string, unknown> {
  const root = createChildren(definitions, { ...context, countBuckets: bucketCounter() });
  for (const { view, documents } of matched) {
    const members = documents.toArray();
    // Once at least, for aggregations that do not look at what matched.
    for (let start = 0; start === 0 || start < members.length; start += BATCH) {
      root.collect({ view, documents: members.subarray(start, start + BATCH), owners: undefined, ownerCount: 1 });
    }
  }
  return root.results(0);
}

/** Documents at a time: what a level of aggregations writes for them stays in the processor's cache. */
const BATCH = 1 << 14;

function bucketCounter(): (added: number) => void {
  let buckets = 0;
  return (added) => {
    buckets += added;
    if (buckets > MOST_BUCKETS) throw tooManyBuckets();
  };
}
