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
    root.collect({ view, documents: documents.toArray(), owners: undefined, ownerCount: 1 });
  }
  return root.results(0);
}

function bucketCounter(): (added: number) => void {
  let buckets = 0;
  return (added) => {
    buckets += added;
    if (buckets > MOST_BUCKETS) throw tooManyBuckets();
  };
}
