import type { LeafNode, MappingNode, ObjectNode, RootOptions } from './tree.ts';

/** The body of `GET _mapping`, as Elasticsearch orders it: properties by name. */
export function writeMapping(root: ObjectNode, options: RootOptions): Record<string, unknown> {
  return {
    ...(root.dynamic !== undefined && { dynamic: root.dynamic }),
    ...options.written,
    ...writeProperties(root),
  };
}

function writeProperties(node: ObjectNode): Record<string, unknown> {
  if (node.children.size === 0) return {};
  const names = [...node.children.keys()].toSorted();
  const entries = names.map((name) => [name, writeNode(node.children.get(name)!)] as const);
  return { properties: Object.fromEntries(entries) };
}

function writeNode(node: MappingNode): Record<string, unknown> {
  if (node.kind === 'leaf') return writeLeaf(node);
  if (node.kind === 'alias') return { type: 'alias', path: node.target };
  return {
    ...((node.children.size === 0 || node.dynamic !== undefined || !node.enabled) && { type: 'object' }),
    ...(node.dynamic !== undefined && { dynamic: node.dynamic }),
    ...(!node.enabled && { enabled: false }),
    ...writeProperties(node),
  };
}

function writeLeaf({ leaf, others }: LeafNode): Record<string, unknown> {
  if (others.size === 0) return { ...leaf.definition };
  const names = [...others.keys()].toSorted();
  const fields = Object.fromEntries(names.map((name) => [name, { ...others.get(name)!.definition }]));
  const { type, ...parameters } = leaf.definition;
  return { type, fields, ...parameters };
}
