import { type ElasticError, unsupported } from '../errors.ts';
import { type Definition, asDefinition, isRecord, mapperParsing } from './definition.ts';
import { DEEPEST_OBJECT, objectTooDeep } from './document-error.ts';
import { FIELD_TYPES, UNSUPPORTED_TYPES } from './field-types.ts';
import { type Leaf, ValueError } from './leaf.ts';
import { mergeNodes } from './merge-objects.ts';
import { type Dynamic, type LeafNode, type MappingNode, type ObjectNode, child } from './tree.ts';
import { asText } from '../wire/as-text.ts';

/**
 * Reads `{ properties: … }` of an object or the root.
 * @throws ElasticError 400 `mapper_parsing_exception` as Elasticsearch words it
 */
export function readObject(path: string, body: Definition): ObjectNode {
  const properties = body['properties'] ?? {};
  if (!isRecord(properties)) throw mapperParsing('Failed to parse mapping: properties must be a map type');
  const children = new Map<string, MappingNode>();
  const node: ObjectNode = {
    kind: 'object',
    path,
    enabled: readFlag(body['enabled'] ?? true),
    dynamic: readDynamic(body['dynamic']),
    children,
  };
  for (const [name, definition] of Object.entries(properties)) addField(children, path, name, definition);
  return node;
}

/** `true`, `'false'` … @throws ElasticError 400 for anything else */
export function readFlag(value: unknown, name?: string): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  const reason = `Failed to parse value [${asText(value)}] as only [true] or [false] are allowed.`;
  throw mapperParsing(
    `Failed to parse mapping: ${name === undefined ? reason : `Could not convert [${name}] to boolean`}`,
  );
}

/** A dotted name stands for objects in objects, which other names may be in too. */
function addField(children: Map<string, MappingNode>, path: string, name: string, definition: unknown): void {
  const dot = name.indexOf('.');
  const first = dot < 0 ? name : name.slice(0, dot);
  if (first.trim() === '') throw mapperParsing('Failed to parse mapping: field name cannot be an empty string');
  const place = child(path, first);
  const known = children.get(first);
  if (dot < 0) {
    const node = readNode(place, asDefinition(definition, name));
    children.set(name, known === undefined ? node : mergeNodes(known, node));
    return;
  }
  if (place.split('.').length > DEEPEST_OBJECT) throw objectTooDeep(place);
  const inside = new Map(known?.kind === 'object' ? known.children : []);
  addField(inside, place, name.slice(dot + 1), definition);
  const object: ObjectNode = { kind: 'object', path: place, enabled: true, dynamic: undefined, children: inside };
  if (known === undefined) children.set(first, object);
  else children.set(first, known.kind === 'object' ? { ...known, children: inside } : mergeNodes(known, object));
}

function readNode(path: string, definition: Definition): MappingNode {
  const { type } = definition;
  if (type === undefined && !('properties' in definition || 'enabled' in definition)) {
    throw mapperParsing(`Failed to parse mapping: No type specified for field [${lastName(path)}]`);
  }
  if (type === undefined || type === 'object') return readInner(path, definition);
  if (type === 'alias') return { kind: 'alias', path, target: readTarget(path, definition['path']) };
  return readLeaf(path, asText(type), definition);
}

const OBJECT_PARAMETERS = new Set(['type', 'properties', 'dynamic', 'enabled']);

function readInner(path: string, definition: Definition): ObjectNode {
  for (const [name, value] of Object.entries(definition)) {
    if (OBJECT_PARAMETERS.has(name)) continue;
    const where = `Mapping definition for [${lastName(path)}]`;
    throw mapperParsing(`Failed to parse mapping: ${where} has unsupported parameters:  [${name} : ${asText(value)}]`);
  }
  if (path.split('.').length > DEEPEST_OBJECT) throw objectTooDeep(path);
  return readObject(path, definition);
}

function readTarget(path: string, target: unknown): string {
  if (typeof target === 'string') return target;
  throw mapperParsing(`Failed to parse mapping: The [path] property must be specified for field [${path}].`);
}

function readLeaf(path: string, type: string, definition: Definition): LeafNode {
  const { fields, ...own } = definition;
  const others = new Map<string, Leaf>();
  for (const [name, other] of Object.entries(isRecord(fields) ? fields : {})) {
    const inside = asDefinition(other, name);
    const kind = asText(inside['type'] ?? '');
    if (kind === 'object' || kind === 'nested' || kind === 'alias') {
      throw mapperParsing(`Type [${kind}] cannot be used in multi field`);
    }
    if (kind === '') throw mapperParsing(`Failed to parse mapping: no type specified for property [${name}]`);
    others.set(name, buildLeaf(child(path, name), kind, inside));
  }
  return { kind: 'leaf', leaf: buildLeaf(path, type, own), others };
}

const FLAGS = new Set(['index', 'doc_values', 'store', 'norms', 'coerce', 'ignore_malformed', 'eager_global_ordinals']);

function buildLeaf(path: string, type: string, definition: Definition): Leaf {
  const fieldType = FIELD_TYPES.get(type);
  if (!fieldType) throw unknownType(path, type);
  const kept: Record<string, unknown> = { type };
  for (const [name, value] of Object.entries(definition)) {
    if (name === 'type') continue;
    if (name !== 'meta' && !fieldType.parameters.includes(name)) {
      if (UNSUPPORTED_PARAMETERS.has(name)) throw unsupported(`the parameter [${name}] of field [${path}]`);
      const mapper = `mapper [${lastName(path)}] of type [${type}]`;
      throw mapperParsing(`Failed to parse mapping: unknown parameter [${name}] on ${mapper}`);
    }
    const read = FLAGS.has(name) ? readFlag(value) : value;
    if (value !== null && read !== DEFAULTS[name]) kept[name] = read;
  }
  const leaf = fieldType.build(path, kept);
  if ('null_value' in kept) assertReadable(leaf, kept['null_value']);
  return leaf;
}

function assertReadable(leaf: Leaf, value: unknown): void {
  try {
    leaf.read([value]);
  } catch (error) {
    if (error instanceof ValueError) throw mapperParsing(`Failed to parse mapping: ${error.message}`);
    throw error;
  }
}

/** What Elasticsearch knows and this engine does not do: the answer must not call it unknown. */
const UNSUPPORTED_PARAMETERS = new Set(
  (
    'copy_to normalizer similarity term_vector fielddata fielddata_frequency_filter index_options index_phrases ' +
    'index_prefixes position_increment_gap search_quote_analyzer split_queries_on_whitespace script on_script_error ' +
    'time_series_dimension time_series_metric subobjects'
  ).split(' '),
);

/** Values that mean the same as nothing, which `GET _mapping` leaves out. */
const DEFAULTS: Definition = {
  index: true,
  doc_values: true,
  store: false,
  coerce: true,
  ignore_malformed: false,
  eager_global_ordinals: false,
  ignore_above: 2_147_483_647,
  format: 'strict_date_optional_time||epoch_millis',
  locale: 'en',
};

function unknownType(path: string, type: string): ElasticError {
  if (UNSUPPORTED_TYPES.has(type)) return unsupported(`the field type [${type}] of field [${path}]`);
  return mapperParsing(
    `Failed to parse mapping: The mapper type [${type}] declared on field [${lastName(path)}] does not exist. ` +
      'It might have been created within a future version or requires a plugin to be installed. Check the documentation.',
  );
}

function readDynamic(value: unknown): Dynamic | undefined {
  if (value === undefined) return undefined;
  if (value === 'runtime') throw unsupported('[dynamic: runtime]');
  return value === 'strict' ? 'strict' : readFlag(value, 'dynamic.dynamic') ? 'true' : 'false';
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
