import { ElasticError, illegalArgument, unsupported } from '../errors.ts';
import { isObject } from './build-tree.ts';
import { asDefinition, type Definition, isRecord, mapperParsing } from './definition.ts';
import { FIELD_TYPES } from './field-types.ts';

const ROOT_PARAMETERS = [
  'dynamic',
  'date_detection',
  'numeric_detection',
  'dynamic_date_formats',
  'properties',
  '_meta',
  '_source',
];
const NOT_HERE = ['dynamic_templates', 'runtime', '_routing', '_data_stream_timestamp'];
const MOST_FIELDS = 1000;

/**
 * An old mapping body with a new one merged into it. Dotted names become objects.
 * @throws ElasticError 400 where Elasticsearch refuses the change
 */
export function mergeRoot(old: Definition, body: Definition): Definition {
  for (const key of NOT_HERE) if (key in body) throw unsupported(`[${key}] in a mapping`);
  const strange = Object.keys(body).filter((key) => !ROOT_PARAMETERS.includes(key));
  if (strange.length > 0) {
    const shown = strange.map((key) => `[${key} : ${JSON.stringify(body[key])}]`).join(', ');
    throw mapperParsing(`Failed to parse mapping: Root mapping definition has unsupported parameters:  ${shown}`);
  }
  const source = body['_source'];
  if (isRecord(source) && Object.entries(source).some(([key, value]) => key !== 'enabled' || value !== true)) {
    throw unsupported('a mapping that does not keep the whole [_source]');
  }
  const { properties, ...rest } = body;
  const merged = mergeProperties(asProperties(old['properties']), expandDots(asProperties(properties)), '');
  const total = countFields(merged);
  if (total > MOST_FIELDS) {
    const added = total - countFields(asProperties(old['properties']));
    throw illegalArgument(
      `Limit of total fields [${MOST_FIELDS}] has been exceeded while adding new fields [${added}]`,
    );
  }
  return { ...old, ...rest, properties: merged };
}

function mergeProperties(old: Definition, added: Definition, path: string): Definition {
  const merged: Record<string, unknown> = { ...old };
  for (const [key, value] of Object.entries(added)) {
    const name = path === '' ? key : `${path}.${key}`;
    const before = merged[key];
    const definition = asDefinition(value, name);
    merged[key] = before === undefined ? definition : mergeField(asDefinition(before, name), definition, name);
  }
  return merged;
}

function mergeField(old: Definition, added: Definition, name: string): Definition {
  if (isObject(old) && isObject(added)) {
    const properties = mergeProperties(asProperties(old['properties']), asProperties(added['properties']), name);
    return { ...old, ...added, properties };
  }
  if (isObject(old)) throw illegalArgument(`can't merge a non object mapping [${name}] with an object mapping`);
  if (isObject(added)) throw illegalArgument(`can't merge a non object mapping [${name}] with an object mapping`);
  if (old['type'] !== added['type']) {
    const [from, to] = [String(old['type']), String(added['type'])];
    throw illegalArgument(`mapper [${name}] cannot be changed from type [${from}] to [${to}]`);
  }
  refuseChanges(old, added, name);
  const fields = mergeProperties(asProperties(old['fields']), asProperties(added['fields']), name);
  return { ...old, ...added, ...(Object.keys(fields).length > 0 && { fields }) };
}

function refuseChanges(old: Definition, added: Definition, name: string): void {
  const changeable = FIELD_TYPES.get(String(old['type']))?.build(name, old).changeable ?? [];
  for (const parameter of Object.keys({ ...old, ...added })) {
    if (parameter === 'fields' || changeable.includes(parameter)) continue;
    const [from, to] = [old[parameter], added[parameter]];
    if (JSON.stringify(from) === JSON.stringify(to)) continue;
    throw new ElasticError(
      400,
      'illegal_argument_exception',
      `Mapper for [${name}] conflicts with existing mapper:\n\tCannot update parameter [${parameter}] from [${shown(from)}] to [${shown(to)}]`,
    );
  }
}

/** `{ 'a.b': x }` as `{ a: { properties: { b: x } } }`. */
function expandDots(properties: Definition): Definition {
  let expanded: Definition = {};
  for (const [key, value] of Object.entries(properties)) {
    const parts = key.split('.');
    if (parts.includes('')) throw mapperParsing(`Failed to parse mapping: field name [${key}] is not valid`);
    const definition = asDefinition(value, key);
    const inner =
      'properties' in definition
        ? { ...definition, properties: expandDots(asProperties(definition['properties'])) }
        : definition;
    const nested = parts.reduceRight<Definition>(
      (child, part, i) => ({ [part]: i === parts.length - 1 ? inner : { properties: child } }),
      {},
    );
    expanded = mergeProperties(expanded, nested, '');
  }
  return expanded;
}

function countFields(properties: Definition): number {
  let count = 0;
  for (const value of Object.values(properties)) {
    if (!isRecord(value)) continue;
    count += 1 + countFields(asProperties(value['properties'])) + countFields(asProperties(value['fields']));
  }
  return count;
}

function asProperties(value: unknown): Definition {
  if (value === undefined || value === null) return {};
  if (isRecord(value)) return value;
  throw mapperParsing('Failed to parse mapping: Expected map for property [properties]');
}

function shown(value: unknown): string {
  return value === undefined ? 'null' : String(value);
}
