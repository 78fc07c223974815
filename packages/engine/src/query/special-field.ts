import { ElasticError } from '../errors.ts';
import { Bitset } from '../segment/bitset.ts';
import { constantQuery, MATCH_NONE, matchAll } from './matches.ts';
import type { QueryContext } from './query-parser.ts';
import type { Query } from './query.ts';
import { wildcardPattern } from './wildcard-pattern.ts';
import { asText } from '../wire/as-text.ts';

/** A query for exact values of `_id` or `_index`; undefined for any other field. */
export function specialField(field: string, values: readonly unknown[], context: QueryContext): Query | undefined {
  if (field === '_id') return identifiers(values.map(asText), context.boost);
  if (field !== '_index') return undefined;
  const { index } = context.searcher;
  return values.some((value) => wildcardPattern(asText(value)).fits(index)) ? matchAll(context.boost) : MATCH_NONE;
}

/** All documents when the name of the index fits the pattern. */
export function indexFitting(pattern: string, { searcher }: QueryContext, boost: number): Query {
  return wildcardPattern(pattern).fits(searcher.index) ? matchAll(boost) : MATCH_NONE;
}

export function notForIdentifiers(query: string): ElasticError {
  const fields = `Can only use ${query} queries on keyword, text and wildcard fields`;
  return new ElasticError(400, 'query_shard_exception', `${fields} - not on [_id] which is of type [_id]`);
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
