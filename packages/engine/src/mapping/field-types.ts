import { boolean } from './types/boolean.ts';
import { date } from './types/date.ts';
import { ip } from './types/ip.ts';
import { keyword } from './types/keyword.ts';
import { numbers } from './types/number.ts';
import { matchOnlyText, text } from './types/text.ts';
import type { FieldType } from './leaf.ts';

/** All field types, by name. Objects are no field type: they hold fields. */
export const FIELD_TYPES: ReadonlyMap<string, FieldType> = new Map(
  [text, matchOnlyText, keyword, ...numbers, date, boolean, ip].map((type) => [type.name, type]),
);

/** Types that Elasticsearch has and this engine has not: the answer must not say that they do not exist. */
export const UNSUPPORTED_TYPES: ReadonlySet<string> = new Set(
  (
    'aggregate_metric_double annotated_text binary completion constant_keyword counted_keyword date_nanos date_range ' +
    'dense_vector double_range flattened float_range geo_point geo_shape histogram integer_range ip_range join ' +
    'long_range murmur3 nested passthrough percolator point rank_feature rank_features search_as_you_type ' +
    'semantic_text shape sparse_vector token_count version wildcard'
  ).split(' '),
);
