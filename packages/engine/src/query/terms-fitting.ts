import { ElasticError } from '../errors.ts';
import type { Field } from '../mapping/field.ts';
import { notSearchable } from './not-searchable.ts';
import { constantQuery } from './matches.ts';
import type { Query } from './query.ts';
import { documentsWithTerms, matchingOrdinals } from './term-documents.ts';

/** Documents with a term that fits, among those that begin with `prefix`; each scores the boost. `query` and `key` name the test for the cache. */
export function termsFitting(
  field: Field,
  query: 'term' | 'prefix' | 'wildcard' | 'regexp',
  key: string,
  prefix: string,
  fits: (term: string) => boolean,
  boost: number,
): Query {
  if (field.storage === 'none') throw notSearchable(field.name);
  if (field.storage === 'numbers' || field.type === 'ip') {
    const fields = query === 'regexp' ? 'keyword and text' : 'keyword, text and wildcard';
    const reason = `Can only use ${query} queries on ${fields} fields - not on [${field.name}] which is of type [${field.type}]`;
    throw new ElasticError(400, 'query_shard_exception', reason);
  }
  return constantQuery(`${query} ${field.name} ${key}`, boost, ({ segment }) =>
    documentsWithTerms(segment, field.name, (dictionary) => matchingOrdinals(dictionary, prefix, fits)),
  );
}
