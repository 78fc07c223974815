import type { Definition } from './definition.ts';
import type { Leaf } from './leaf.ts';

/** A mapping as a tree: objects hold fields, leaves hold values. Never changed once made. */
export type MappingNode = ObjectNode | LeafNode | AliasNode;

export interface ObjectNode {
  readonly kind: 'object';
  /** `client`, `http.request`; empty at the root. */
  readonly path: string;
  /** False: what is inside is stored and never looked at. */
  readonly enabled: boolean;
  /** Undefined: as the object around it. */
  readonly dynamic: Dynamic | undefined;
  readonly children: ReadonlyMap<string, MappingNode>;
}

export type Dynamic = 'true' | 'false' | 'strict';

export interface LeafNode {
  readonly kind: 'leaf';
  readonly leaf: Leaf;
  /** Multi-fields: other ways to index the same value, by their own names. */
  readonly others: ReadonlyMap<string, Leaf>;
}

export interface AliasNode {
  readonly kind: 'alias';
  readonly path: string;
  readonly target: string;
}

/** What stands at the root of a mapping beside `properties`. */
export interface RootOptions {
  readonly dateDetection: boolean;
  readonly numericDetection: boolean;
  readonly dateFormats: readonly string[];
  /** The parameters as written, for `GET _mapping`; without `dynamic` and `properties`. */
  readonly written: Definition;
}

export function child(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** Every leaf below a node, multi-fields included, and every alias. */
export function* leavesOf(node: ObjectNode): Generator<Leaf | AliasNode> {
  for (const one of node.children.values()) {
    if (one.kind === 'object') yield* leavesOf(one);
    else if (one.kind === 'alias') yield one;
    else {
      yield one.leaf;
      yield* one.others.values();
    }
  }
}

/** How many fields Elasticsearch counts against `index.mapping.total_fields.limit`: objects and multi-fields too. */
export function countFields(node: ObjectNode): number {
  let total = 0;
  for (const one of node.children.values()) {
    total += one.kind === 'object' ? 1 + countFields(one) : 1 + (one.kind === 'leaf' ? one.others.size : 0);
  }
  return total;
}
