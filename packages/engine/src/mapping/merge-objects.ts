import { ElasticError, illegalArgument } from '../errors.ts';
import type { Leaf } from './leaf.ts';
import type { LeafNode, MappingNode, ObjectNode } from './tree.ts';
import { asText } from '../wire/as-text.ts';

/**
 * One mapping with another laid over it.
 * @throws ElasticError 400 where a field would change in a way its indexed values cannot follow
 */
export function mergeObjects(old: ObjectNode, added: ObjectNode): ObjectNode {
  if (old.enabled !== added.enabled && old.path !== '') {
    const reason = `the [enabled] parameter can't be updated for the object mapping [${old.path}]`;
    throw new ElasticError(500, 'mapper_exception', reason);
  }
  const children = new Map(old.children);
  for (const [name, node] of added.children) {
    const known = children.get(name);
    children.set(name, known === undefined ? node : mergeNodes(known, node));
  }
  return { ...old, dynamic: added.dynamic ?? old.dynamic, children };
}

/** @throws ElasticError 400 */
export function mergeNodes(old: MappingNode, added: MappingNode): MappingNode {
  if (old.kind === 'object' && added.kind === 'object') return mergeObjects(old, added);
  if (old.kind === 'leaf' && added.kind === 'leaf') return mergeLeaves(old, added);
  if (old.kind === 'alias' && added.kind === 'alias') return added;
  const path = pathOf(old);
  if (old.kind === 'object' || added.kind === 'object') {
    throw illegalArgument(`can't merge a non object mapping [${path}] with an object mapping`);
  }
  throw typeChange(path, typeOf(old), typeOf(added));
}

function mergeLeaves(old: LeafNode, added: LeafNode): LeafNode {
  const others = new Map(old.others);
  for (const [name, leaf] of added.others) {
    const known = others.get(name);
    if (known !== undefined) assertMergeable(known, leaf);
    others.set(name, leaf);
  }
  assertMergeable(old.leaf, added.leaf);
  return { kind: 'leaf', leaf: added.leaf, others };
}

function assertMergeable(old: Leaf, added: Leaf): void {
  if (old.type !== added.type) throw typeChange(old.name, old.type, added.type);
  const conflicts: string[] = [];
  for (const name of new Set([...Object.keys(old.definition), ...Object.keys(added.definition)])) {
    const from = shown(old, name);
    const to = shown(added, name);
    if (from === to || old.changeable.includes(name) || name === 'meta') continue;
    conflicts.push(`\n\tCannot update parameter [${name}] from [${from}] to [${to}]`);
  }
  if (conflicts.length === 0) return;
  throw illegalArgument(`Mapper for [${old.name}] conflicts with existing mapper:${conflicts.join('')}`);
}

/** A parameter as the message shows it: what is not written is the default. */
function shown({ definition }: Leaf, name: string): string {
  return asText(definition[name] ?? DEFAULTS[name] ?? null);
}

const DEFAULTS: Readonly<Record<string, unknown>> = {
  index: true,
  doc_values: true,
  store: false,
  analyzer: 'default',
  format: 'strict_date_optional_time||epoch_millis',
};

export function typeChange(path: string, from: string, to: string): ElasticError {
  return illegalArgument(`mapper [${path}] cannot be changed from type [${from}] to [${to}]`);
}

function pathOf(node: MappingNode): string {
  return node.kind === 'leaf' ? node.leaf.name : node.path;
}

function typeOf(node: MappingNode): string {
  return node.kind === 'leaf' ? node.leaf.type : node.kind;
}
