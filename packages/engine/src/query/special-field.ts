import { Bitset } from '../segment/bitset.ts';
import { constantQuery, MATCH_NONE, matchAll } from './matches.ts';
import type { QueryContext } from './query-parser.ts';
import type { Query } from './query.ts';

/** A query for exact values of `_id` or `_index`; undefined for any other field. */
export function specialField(field: string, values: readonly unknown[], context: QueryContext): Query | undefined {
  if (field === '_id') return identifiers(values.map(String), context.boost);
  if (field !== '_index') return undefined;
  return values.map(String).includes(context.searcher.index) ? matchAll(context.boost) : MATCH_NONE;
}

/** The documents with these ids. */
export function identifiers(wanted: readonly string[], boost: number): Query {
  return constantQuery(undefined, boost, ({ segment, live }) => {
    const documents = new Bitset(segment.documentCount);
    for (const identifier of wanted) {
      const document = segment.findIdentifier(identifier);
      if (document >= 0 && (live === undefined || live.has(document))) documents.add(document);
    }
    return documents;
  });
}
