import type { Bitset } from '../segment/bitset.ts';
import type { SegmentView } from '../segment/segment.ts';
import type { Query, Searcher } from '../query/query.ts';
import type { Context } from './aggregation.ts';
import { perSegment } from './per-segment.ts';

/** Parses a query once for every index, and says which documents of a segment match it. @throws ElasticError as the parser words it. */
export function queriesOf(context: Context, json: unknown): (view: SegmentView) => Bitset {
  const queries = new Map<Searcher, Query>();
  const owners = new Map<SegmentView, Searcher>();
  for (const searcher of context.searchers) {
    queries.set(searcher, context.parseQuery(json, searcher));
    for (const view of searcher.segments) owners.set(view, searcher);
  }
  return perSegment((view) => queries.get(owners.get(view)!)!.matches(view, { scores: false }).documents);
}
