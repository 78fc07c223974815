import { ElasticError, parsingError } from '../errors.ts';
import { Bitset } from '../segment/bitset.ts';
import { boostOf, members } from './body.ts';
import { constantQuery, MATCH_NONE, matchAll } from './matches.ts';
import type { QueryParser } from './query-parser.ts';
import type { Query, Searcher } from './query.ts';

export const exists: QueryParser = (body, context) => {
  const options = members('exists', body, ['field', 'boost']);
  const field = options['field'];
  if (typeof field !== 'string') throw parsingError('[exists] must be provided with a [field]');
  return fieldExists(context.searcher, field, boostOf(options, context));
};

/** Documents with a value in a field, or in any field of an object, or of a pattern. */
export function fieldExists({ mapping }: Searcher, name: string, boost: number): Query {
  if (name === '_id' || name === '_index') return matchAll(boost);
  if (name === '_source') {
    throw new ElasticError(400, 'query_shard_exception', 'The _source field is not searchable');
  }
  const fields = mapping.field(name)
    ? [name]
    : [...mapping.fieldsMatching(name), ...mapping.fieldsMatching(`${name}.*`)].map((field) => field.name);
  if (fields.length === 0) return MATCH_NONE;
  return constantQuery(`exists ${fields.join(' ')}`, boost, ({ segment }) => {
    const documents = new Bitset(segment.documentCount);
    for (const field of fields) {
      const present = segment.present(field);
      if (present) documents.or(present);
    }
    return documents;
  });
}
