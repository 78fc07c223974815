import { type DateFormat, dateFormat } from './date-format.ts';
import { type Definition, isRecord } from './definition.ts';

/** How dynamic mapping sees strings, from the root of a mapping body. */
export interface DynamicOptions {
  readonly dates: readonly { readonly format: DateFormat; readonly definition: Definition }[];
  readonly numericDetection: boolean;
}

/** https://www.elastic.co/guide/en/elasticsearch/reference/8.11/dynamic-field-mapping.html#date-detection */
const DEFAULT_DATES = ['strict_date_optional_time', 'yyyy/MM/dd HH:mm:ss||yyyy/MM/dd'];
const STRING: Definition = { type: 'text', fields: { keyword: { type: 'keyword', ignore_above: 256 } } };

export function dynamicOptions(body: Definition): DynamicOptions {
  const given = body['dynamic_date_formats'];
  const formats = Array.isArray(given) ? given.map(String) : DEFAULT_DATES;
  const dates =
    body['date_detection'] === false
      ? []
      : formats.map((format) => ({ format: dateFormat(format), definition: dateDefinition(format) }));
  return { dates, numericDetection: body['numeric_detection'] === true };
}

/** The definition Elasticsearch would add for a new field with this value; undefined for null and what holds nothing else. */
export function dynamicDefinition(value: unknown, options: DynamicOptions): Definition | undefined {
  if (Array.isArray(value)) return ofArray(value, options);
  if (isRecord(value)) return ofObject(value, options);
  if (typeof value === 'string') return ofString(value, options);
  if (typeof value === 'boolean') return { type: 'boolean' };
  return typeof value === 'number' ? { type: Number.isInteger(value) ? 'long' : 'float' } : undefined;
}

/** The first value decides; of objects, all add their fields. */
function ofArray(values: readonly unknown[], options: DynamicOptions): Definition | undefined {
  const flat = values.flat(Number.POSITIVE_INFINITY);
  const first = flat.find((value) => value !== null && value !== undefined);
  if (!isRecord(first)) return first === undefined ? undefined : dynamicDefinition(first, options);
  const properties: Record<string, unknown> = {};
  for (const value of flat.filter(isRecord))
    Object.assign(properties, { ...propertiesOf(value, options), ...properties });
  return { properties };
}

function ofObject(value: Record<string, unknown>, options: DynamicOptions): Definition {
  const properties = propertiesOf(value, options);
  return Object.keys(properties).length === 0 ? { type: 'object' } : { properties };
}

function propertiesOf(value: Record<string, unknown>, options: DynamicOptions): Record<string, unknown> {
  const properties: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const definition = dynamicDefinition(inner, options);
    if (definition) nest(properties, key, definition);
  }
  return properties;
}

function nest(properties: Record<string, unknown>, key: string, definition: Definition): void {
  const dot = key.indexOf('.');
  if (dot <= 0) {
    properties[key] ??= definition;
    return;
  }
  const first = key.slice(0, dot);
  const existing = properties[first];
  const inner = isRecord(existing) && isRecord(existing['properties']) ? existing['properties'] : {};
  properties[first] = { properties: inner };
  nest(inner, key.slice(dot + 1), definition);
}

function ofString(value: string, options: DynamicOptions): Definition {
  const isNumber = value.trim() !== '' && Number.isFinite(Number(value));
  if (isNumber && options.numericDetection) return { type: /^-?\d+$/.test(value) ? 'long' : 'float' };
  if (isNumber) return STRING;
  return options.dates.find(({ format }) => format.parse(value) !== undefined)?.definition ?? STRING;
}

/** A format other than the default is written down, with milliseconds as another way to say it. */
function dateDefinition(format: string): Definition {
  if (format === 'strict_date_optional_time') return { type: 'date' };
  return { type: 'date', format: `${format}||epoch_millis` };
}
