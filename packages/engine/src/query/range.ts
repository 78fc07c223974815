import { parsingError } from '../errors.ts';
import { queryRefused } from '../mapping/definition.ts';
import { boostOf, fieldBody, flag, text } from './body.ts';
import { fieldRange } from './field-range.ts';
import type { QueryParser } from './query-parser.ts';

const OPTIONS = [
  'gt',
  'gte',
  'lt',
  'lte',
  'from',
  'to',
  'include_lower',
  'include_upper',
  'format',
  'time_zone',
  'relation',
];

export const range: QueryParser = (body, context) => {
  const { field, value, options } = fieldBody('range', body, 'gte', OPTIONS);
  if (value !== undefined && Object.keys(options).length === 0)
    throw parsingError(`[range] query does not support [${field}]`);
  const bounds = {
    from: options['gte'] ?? options['gt'] ?? options['from'],
    to: options['lte'] ?? options['lt'] ?? options['to'],
    includeFrom: options['gte'] !== undefined || (options['gt'] === undefined && flag(options, 'include_lower', true)),
    includeTo: options['lte'] !== undefined || (options['lt'] === undefined && flag(options, 'include_upper', true)),
    format: text(options, 'format'),
    timeZone: text(options, 'time_zone'),
  };
  if (field === '_id') throw queryRefused('Field [_id] of type [_id] does not support range queries');
  return fieldRange(context.searcher.mapping.field(field), bounds, boostOf(options, context));
};
