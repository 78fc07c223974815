import { unsupported } from '../errors.ts';
import { asDefinition, type Definition, isRecord, mapperParsing } from './definition.ts';
import { FIELD_TYPES } from './field-types.ts';
import type { Leaf } from './leaf.ts';

/** Field types of Elasticsearch that this engine does not have: refused by name, not as a slip of the pen. */
const ELSEWHERE = new Set(
  (
    'aggregate_metric_double alias binary completion constant_keyword date_nanos date_range dense_vector double_range flattened ' +
    'float_range geo_point geo_shape half_float histogram integer_range ip_range join long_range nested percolator point ' +
    'rank_feature rank_features scaled_float search_as_you_type shape sparse_vector token_count unsigned_long version wildcard'
  ).split(' '),
);
const MULTI_FIELD_PARAMETERS = ['type', 'fields', 'meta'];
const OBJECT_PARAMETERS = ['type', 'properties', 'dynamic', 'enabled'];
const DEEPEST = 20;

export type Dynamic = 'true' | 'false' | 'strict';

export interface ObjectNode {
  readonly kind: 'object';
  readonly name: string;
  readonly children: ReadonlyMap<string, Node>;
  readonly dynamic: Dynamic;
  readonly enabled: boolean;
}

export interface LeafNode {
  readonly kind: 'leaf';
  /** The field itself, then its multi-fields: all get the same values. */
  readonly leaves: readonly Leaf[];
  readonly nullValue: unknown;
  readonly ignoreMalformed: boolean;
}

export type Node = ObjectNode | LeafNode;

/**
 * A mapping body as a tree to walk beside a document, and all fields by their full names.
 * @throws ElasticError 400 `mapper_parsing_exception` for types and parameters that are not known
 */
export function buildTree(body: Definition): { readonly root: ObjectNode; readonly leaves: ReadonlyMap<string, Leaf> } {
  const leaves = new Map<string, Leaf>();
  const root = buildObject('', body, 'true', 0, leaves);
  return { root, leaves };
}

function buildObject(
  name: string,
  definition: Definition,
  inherited: Dynamic,
  depth: number,
  leaves: Map<string, Leaf>,
): ObjectNode {
  if (depth > DEEPEST)
    throw mapperParsing(`Limit of mapping depth [${DEEPEST}] has been exceeded due to object field [${name}]`);
  const dynamic = dynamicOf(definition['dynamic'], inherited);
  const children = new Map<string, Node>();
  const properties = definition['properties'] ?? {};
  if (!isRecord(properties))
    throw mapperParsing(`Expected map for property [properties] on field [${name}] but got a class java.lang.String`);
  for (const [key, value] of Object.entries(properties)) {
    const path = name === '' ? key : `${name}.${key}`;
    children.set(key, buildNode(path, asDefinition(value, path), dynamic, depth + 1, leaves));
  }
  return {
    kind: 'object',
    name,
    children,
    dynamic,
    enabled: definition['enabled'] !== false && definition['enabled'] !== 'false',
  };
}

function buildNode(
  name: string,
  definition: Definition,
  dynamic: Dynamic,
  depth: number,
  leaves: Map<string, Leaf>,
): Node {
  if (isObject(definition)) {
    refuseUnknown(name, 'object', definition, OBJECT_PARAMETERS);
    return buildObject(name, definition, dynamic, depth, leaves);
  }
  const { fields = {} } = definition;
  const all = [buildLeaf(name, definition)];
  for (const [key, value] of Object.entries(asDefinition(fields, name))) {
    all.push(buildLeaf(`${name}.${key}`, asDefinition(value, `${name}.${key}`)));
  }
  for (const leaf of all) leaves.set(leaf.name, leaf);
  return {
    kind: 'leaf',
    leaves: all,
    nullValue: definition['null_value'],
    ignoreMalformed: definition['ignore_malformed'] === true,
  };
}

function buildLeaf(name: string, definition: Definition): Leaf {
  const type = String(definition['type'] ?? '');
  if (type === '') throw mapperParsing(`Failed to parse mapping: No type specified for field [${name}]`);
  const fieldType = FIELD_TYPES.get(type);
  if (!fieldType && ELSEWHERE.has(type)) throw unsupported(`the field type [${type}] of field [${name}]`);
  if (!fieldType)
    throw mapperParsing(`Failed to parse mapping: No handler for type [${type}] declared on field [${name}]`);
  refuseUnknown(name, type, definition, [...MULTI_FIELD_PARAMETERS, ...fieldType.parameters]);
  return fieldType.build(name, definition);
}

function refuseUnknown(name: string, type: string, definition: Definition, known: readonly string[]): void {
  const unknown = Object.keys(definition).find((parameter) => !known.includes(parameter));
  if (unknown === undefined) return;
  throw mapperParsing(`Failed to parse mapping: unknown parameter [${unknown}] on mapper [${name}] of type [${type}]`);
}

export function isObject(definition: Definition): boolean {
  const { type } = definition;
  return (
    type === 'object' ||
    (type === undefined &&
      ('properties' in definition || Object.keys(definition).every((key) => key === 'dynamic' || key === 'enabled')))
  );
}

function dynamicOf(value: unknown, inherited: Dynamic): Dynamic {
  if (value === undefined) return inherited;
  const text = String(value);
  if (text === 'true' || text === 'false' || text === 'strict') return text;
  if (text === 'runtime') throw unsupported('dynamic: runtime');
  throw mapperParsing(
    `Failed to parse mapping: Failed to parse value [${text}] as only [true], [false] or [strict] are allowed.`,
  );
}
