import { ElasticError } from '../errors.ts';
import type { ParsedDocument, ParsedField } from './field.ts';
import type { LeafNode, Node, ObjectNode } from './build-tree.ts';
import { type Definition, isRecord } from './definition.ts';
import { dynamicDefinition, dynamicOptions } from './dynamic.ts';
import { type Leaf, ValueError } from './leaf.ts';

/** A document taken apart; or the definitions of the fields that must be added before it can be. */
export type DocumentParser = (
  source: unknown,
  id: string | undefined,
) => { readonly document: ParsedDocument } | { readonly additions: Record<string, unknown> };

/** Walks documents along the tree of a mapping. What it throws is a `document_parsing_exception` in Elasticsearch's words. */
export function documentParser(root: ObjectNode, body: Definition): DocumentParser {
  const options = dynamicOptions(body);
  return (source, id) => {
    if (!isRecord(source)) throw parsingError('failed to parse: Malformed content, must start with an object', id);
    const walk: Walk = {
      id,
      values: new Map(),
      additions: undefined,
      define: (value) => dynamicDefinition(value, options),
    };
    walkObject(root, source, walk);
    if (walk.additions) return { additions: walk.additions };
    const fields: ParsedField[] = [];
    for (const [node, values] of walk.values) readLeaf(node, values, fields, id);
    return { document: { fields } };
  };
}

interface Walk {
  readonly id: string | undefined;
  /** A field can be met more than once: in an array of objects, or under a dotted name. */
  readonly values: Map<LeafNode, unknown[]>;
  additions: Record<string, unknown> | undefined;
  readonly define: (value: unknown) => Definition | undefined;
}

function walkObject(node: ObjectNode, source: Record<string, unknown>, walk: Walk): void {
  for (const key of Object.keys(source)) {
    const child = node.children.get(key);
    if (child) walkNode(child, source[key], walk);
    else if (key.includes('.')) walkDotted(node, key, source[key], walk);
    else walkUnknown(node, key, source[key], walk);
  }
}

function walkNode(node: Node, value: unknown, walk: Walk): void {
  if (node.kind === 'object') return walkIntoObject(node, value, walk);
  const values = Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value];
  const before = walk.values.get(node);
  if (before) before.push(...values);
  else walk.values.set(node, values);
}

function walkIntoObject(node: ObjectNode, value: unknown, walk: Walk): void {
  if (!node.enabled || value === null) return;
  if (Array.isArray(value)) {
    for (const one of value) walkIntoObject(node, one, walk);
  } else if (isRecord(value)) {
    walkObject(node, value, walk);
  } else {
    throw parsingError(
      `object mapping for [${node.name}] tried to parse field [${lastPart(node.name)}] as object, but found a concrete value`,
    );
  }
}

/** `{ 'a.b': 1 }` is `{ a: { b: 1 } }`. */
function walkDotted(node: ObjectNode, key: string, value: unknown, walk: Walk): void {
  const dot = key.indexOf('.');
  const [first, rest] = [key.slice(0, dot), key.slice(dot + 1)];
  if (first === '' || rest === '' || rest.endsWith('.')) {
    throw parsingError(`field name cannot contain only dots, begin or end with one: [${key}]`, walk.id);
  }
  const child = node.children.get(first);
  if (child?.kind === 'leaf')
    throw parsingError(
      `failed to parse field [${nameIn(node, first)}] of type [${child.leaves[0]!.type}] as an object`,
      walk.id,
    );
  if (child) walkIntoObject(child, { [rest]: value }, walk);
  else walkUnknown(node, first, { [rest]: value }, walk);
}

function walkUnknown(node: ObjectNode, key: string, value: unknown, walk: Walk): void {
  if (node.dynamic === 'false') return;
  if (key.trim() === '') throw parsingError('field name cannot be an empty string', walk.id);
  if (node.dynamic === 'strict') {
    const within = node.name === '' ? '_doc' : node.name;
    throw new ElasticError(
      400,
      'strict_dynamic_mapping_exception',
      `[1:1] mapping set to strict, dynamic introduction of [${key}] within [${within}] is not allowed`,
    );
  }
  const definition = walk.define(value);
  if (!definition) return;
  walk.additions ??= {};
  addAt(walk.additions, nameIn(node, key).split('.'), definition);
}

/** Puts a definition under its path into nested `properties`. */
function addAt(properties: Record<string, unknown>, path: readonly string[], definition: Definition): void {
  const [first = '', ...rest] = path;
  if (rest.length === 0) {
    properties[first] ??= definition;
    return;
  }
  const existing = properties[first];
  const parent = isRecord(existing) ? existing : (properties[first] = { properties: {} });
  const inner = (parent as { properties?: unknown }).properties;
  addAt(isRecord(inner) ? inner : ((parent as Record<string, unknown>)['properties'] = {}), rest, definition);
}

function readLeaf(node: LeafNode, values: readonly unknown[], fields: ParsedField[], id: string | undefined): void {
  const { nullValue } = node;
  const present = values.map((value) => value ?? nullValue).filter((value) => value !== undefined && value !== null);
  if (present.length === 0) return;
  for (const leaf of node.leaves) {
    const field = node.ignoreMalformed ? readWellFormed(leaf, present) : readAll(leaf, present, id);
    if (field) fields.push(field);
  }
}

function readAll(leaf: Leaf, values: readonly unknown[], id: string | undefined): ParsedField | undefined {
  try {
    return leaf.read(values);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw valueError(leaf, values, id, error);
  }
}

function readWellFormed(leaf: Leaf, values: readonly unknown[]): ParsedField | undefined {
  const good = values.filter((value) => {
    try {
      leaf.read([value]);
      return true;
    } catch (error) {
      if (error instanceof ValueError) return false;
      throw error;
    }
  });
  return good.length === 0 ? undefined : leaf.read(good);
}

function valueError(leaf: Leaf, values: readonly unknown[], id: string | undefined, cause: ValueError): ElasticError {
  const wrong = values.find((value) => !reads(leaf, value));
  const reason =
    `[1:1] failed to parse field [${leaf.name}] of type [${leaf.type}] in document with id '${id ?? ''}'. ` +
    `Preview of field's value: '${preview(wrong)}'`;
  return new ElasticError(400, 'document_parsing_exception', reason, {
    cause: new ElasticError(400, 'illegal_argument_exception', cause.message),
  });
}

function reads(leaf: Leaf, value: unknown): boolean {
  try {
    leaf.read([value]);
    return true;
  } catch {
    return false;
  }
}

/** A value as Java prints it: `{a=1}`. */
function preview(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(preview).join(', ')}]`;
  if (!isRecord(value)) return String(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${key}=${preview(inner)}`)
    .join(', ')}}`;
}

function parsingError(reason: string, id?: string): ElasticError {
  const where = id === undefined ? '' : ` in document with id '${id}'`;
  return new ElasticError(400, 'document_parsing_exception', `[1:1] ${reason}${where}`);
}

function nameIn(node: ObjectNode, key: string): string {
  return node.name === '' ? key : `${node.name}.${key}`;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
