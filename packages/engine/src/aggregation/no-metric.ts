import { illegalArgument } from '../errors.ts';
import type { Aggregator } from './aggregation.ts';

/** What an aggregation of many buckets answers when a parent wants to sort by it. */
export function noMetric(type: string): Aggregator['metric'] {
  return () => {
    throw illegalArgument(`Can't sort a [${type}] aggregation`);
  };
}
