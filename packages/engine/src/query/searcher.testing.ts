import type { Mapping } from '../mapping/field.ts';
import { createMapping } from '../mapping/mapping.ts';
import { buildSegment } from '../segment/builder.ts';
import type { Query, Searcher } from './query.ts';

/** A searcher over documents `d0`, `d1` … in several segments of about the same size. */
export async function searcherOver(
  documents: readonly unknown[],
  options: { readonly mapping?: Mapping; readonly index?: string; readonly segments?: number } = {},
): Promise<Searcher> {
  let mapping = options.mapping ?? createMapping();
  const indexed = documents.map((source, number) => {
    const parsed = mapping.parse(source);
    ({ mapping } = parsed);
    const text = Buffer.from(JSON.stringify(source));
    return { id: `d${number}`, document: parsed.document, source: text, sequenceNumber: number, version: 1 };
  });
  const count = options.segments ?? 1;
  const size = Math.max(1, Math.ceil(indexed.length / count));
  const parts = Array.from({ length: count }, (_, part) => indexed.slice(part * size, (part + 1) * size));
  const segments = await Promise.all(parts.map((part, number) => buildSegment(part, `s${number}`)));
  const views = segments.map((segment) => ({ segment, live: undefined, liveCount: segment.documentCount }));
  return { index: options.index ?? 'test', mapping, segments: views };
}

/** Scores by `_id`. A search that asks for no scores must find the same documents. */
export function hitsOf(query: Query, searcher: Searcher): Record<string, number> {
  const hits: Record<string, number> = {};
  for (const view of searcher.segments) {
    const { documents, scores } = query.matches(view, { scores: true });
    const unscored = query.matches(view, { scores: false });
    if (unscored.documents.toArray().join() !== documents.toArray().join()) throw new Error('scoring changed the hits');
    for (const document of documents.toArray()) {
      hits[view.segment.identifier(document)] = typeof scores === 'number' ? scores : scores[document]!;
    }
  }
  return hits;
}
