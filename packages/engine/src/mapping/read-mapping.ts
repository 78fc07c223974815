import { illegalArgument, unsupported } from '../errors.ts';
import { dateFormat } from './date-format.ts';
import { type Definition, isRecord, mapperParsing } from './definition.ts';
import { readFlag, readObject } from './read-properties.ts';
import type { ObjectNode, RootOptions } from './tree.ts';
import { asText } from '../wire/as-text.ts';

const DYNAMIC_DATE_FORMATS = ['strict_date_optional_time', 'yyyy/MM/dd HH:mm:ss||yyyy/MM/dd||epoch_millis'];

const ROOT_PARAMETERS = new Set([
  'properties',
  'dynamic',
  'date_detection',
  'numeric_detection',
  'dynamic_date_formats',
  '_meta',
]);

/**
 * Reads the body of a mapping. `before` are the options of the mapping it is to be merged into.
 * @throws ElasticError 400 `mapper_parsing_exception` or `illegal_argument_exception`
 */
export function readMapping(body: unknown, before: Definition = {}): { root: ObjectNode; options: RootOptions } {
  if (!isRecord(body ?? {})) throw mapperParsing('Failed to parse mapping: it must be an object');
  const definition = (body ?? {}) as Definition;
  const written: Record<string, unknown> = { ...before };
  for (const [name, value] of Object.entries(definition)) {
    if (name !== 'properties' && name !== 'dynamic' && readRoot(name, value)) written[name] = value;
  }
  return { root: readObject('', { ...definition, enabled: true }), options: readOptions(written) };
}

/** @returns whether `GET _mapping` shows it */
function readRoot(name: string, value: unknown): boolean {
  if (ROOT_PARAMETERS.has(name)) return true;
  if (name === '_source' && isRecord(value) && Object.keys(value).every((key) => key === 'enabled')) {
    if (readFlag(value['enabled'] ?? true)) return false;
    throw unsupported('[_source: {enabled: false}]');
  }
  if (name === 'dynamic_templates' && Array.isArray(value) && value.length === 0) return false;
  if (KNOWN_ELSEWHERE.has(name)) throw unsupported(`[${name}] in a mapping`);
  if (name === '_doc') {
    const reason =
      'The mapping definition cannot be nested under a type [_doc] unless include_type_name is set to true.';
    throw illegalArgument(reason);
  }
  const shown = isRecord(value) || Array.isArray(value) ? JSON.stringify(value) : asText(value);
  throw mapperParsing(
    `Failed to parse mapping: Root mapping definition has unsupported parameters:  [${name} : ${shown}]`,
  );
}

const KNOWN_ELSEWHERE = new Set([
  '_source',
  '_routing',
  'runtime',
  'dynamic_templates',
  '_data_stream_timestamp',
  'subobjects',
]);

function readOptions(written: Definition): RootOptions {
  const formats = written['dynamic_date_formats'];
  if (formats !== undefined && !(Array.isArray(formats) && formats.every((one) => typeof one === 'string'))) {
    throw mapperParsing('Failed to parse mapping: [dynamic_date_formats] must be an array of strings');
  }
  const dateFormats: readonly string[] = formats ?? DYNAMIC_DATE_FORMATS;
  for (const format of dateFormats) dateFormat(format);
  return {
    dateDetection: readFlag(written['date_detection'] ?? true, 'date_detection'),
    numericDetection: readFlag(written['numeric_detection'] ?? false, 'numeric_detection'),
    dateFormats,
    written,
  };
}
