import { ElasticError } from '../errors.ts';
import { isRecord } from './definition.ts';
import { DEEPEST_JSON, documentError, tooDeep, valueRefused } from './document-error.ts';
import { DynamicFields, checkName } from './dynamic-fields.ts';
import type { ParsedField } from '../segment/parsed-document.ts';
import { type Leaf, ValueError } from './leaf.ts';
import type { Dynamic, LeafNode, ObjectNode, RootOptions } from './tree.ts';

/** Takes one document apart. Every indexed document passes here: bench/parse-document.mjs. */
export class DocumentParser {
  /** What the mapping lacked; undefined when it had everything. */
  missing: DynamicFields | undefined;
  private readonly values = new Map<LeafNode, unknown[]>();
  private readonly options: RootOptions;
  private readonly id: string | undefined;

  constructor(options: RootOptions, id: string | undefined) {
    this.options = options;
    this.id = id;
  }

  /** @throws ElasticError 400 `document_parsing_exception` */
  parse(root: ObjectNode, source: unknown): ParsedField[] {
    if (!isRecord(source)) throw documentMalformed();
    this.object(root, source, root.dynamic ?? 'true', 0);
    const fields: ParsedField[] = [];
    if (this.missing !== undefined) return fields;
    for (const [node, values] of this.values) {
      this.read(fields, node.leaf, values);
      for (const other of node.others.values()) this.read(fields, other, values);
    }
    return fields;
  }

  private object(node: ObjectNode, source: Record<string, unknown>, dynamic: Dynamic, depth: number): void {
    if (depth > DEEPEST_JSON) throw tooDeep();
    for (const name in source) this.member(node, name, source[name], dynamic, depth);
  }

  private member(node: ObjectNode, name: string, value: unknown, dynamic: Dynamic, depth: number): void {
    const known = node.children.get(name);
    if (known === undefined) this.unknown(node, name, value, dynamic, depth);
    else if (known.kind === 'leaf') this.leaf(known, value, depth);
    else if (known.kind === 'object') {
      if (known.enabled) this.inner(known, name, value, known.dynamic ?? dynamic, depth);
    } else throw documentError(`Cannot write to a field alias [${known.path}].`);
  }

  private leaf(node: LeafNode, value: unknown, depth: number): void {
    if (Array.isArray(value)) {
      if (depth > DEEPEST_JSON) throw tooDeep();
      for (const one of value) this.leaf(node, one, depth + 1);
      return;
    }
    const taken = value === null ? node.leaf.definition['null_value'] : value;
    if (taken === undefined) return;
    const before = this.values.get(node);
    if (before === undefined) this.values.set(node, [taken]);
    else before.push(taken);
  }

  private inner(node: ObjectNode, name: string, value: unknown, dynamic: Dynamic, depth: number): void {
    if (isRecord(value)) this.object(node, value, dynamic, depth + 1);
    else if (Array.isArray(value)) {
      if (depth > DEEPEST_JSON) throw tooDeep();
      for (const one of value) this.inner(node, 'null', one, dynamic, depth + 1);
    } else if (value !== null) {
      const mapped = `object mapping for [${node.path}]`;
      throw documentError(`${mapped} tried to parse field [${name}] as object, but found a concrete value`);
    }
  }

  /** A dotted name may be known by its parts: `{"a.b": 1}` is `{"a": {"b": 1}}`. */
  private unknown(node: ObjectNode, name: string, value: unknown, dynamic: Dynamic, depth: number): void {
    const dot = name.indexOf('.');
    if (dot >= 0) {
      checkName(name);
      if (node.children.has(name.slice(0, dot))) {
        this.member(node, name.slice(0, dot), wrap(name.slice(dot + 1), value), dynamic, depth + 1);
        return;
      }
    } else if (METADATA.has(name) && node.path === '') throw metadata(name);
    if (dynamic === 'false') return;
    const missing = (this.missing ??= new DynamicFields(this.options));
    missing.add(node.path, name, value, dynamic);
    if (missing.isEmpty) this.missing = undefined;
  }

  private read(fields: ParsedField[], leaf: Leaf, values: readonly unknown[]): void {
    let refused: ElasticError;
    try {
      const field = leaf.read(values);
      if (field !== undefined) fields.push(field);
      return;
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      refused = this.refusal(leaf, values, error);
    }
    if (leaf.definition['ignore_malformed'] !== true) throw refused;
    const good = values.filter((value) => isGood(leaf, value));
    if (good.length > 0) this.read(fields, leaf, good);
  }

  private refusal(leaf: Leaf, values: readonly unknown[], error: ValueError): ElasticError {
    const bad = values.find((value) => !isGood(leaf, value));
    return valueRefused(leaf, bad, this.id, error.message);
  }
}

function isGood(leaf: Leaf, value: unknown): boolean {
  try {
    leaf.read([value]);
    return true;
  } catch {
    return false;
  }
}

/** `a.` is `a`, as Elasticsearch splits names. */
function wrap(rest: string, value: unknown): unknown {
  return rest === '' ? value : { [rest]: value };
}

const METADATA = new Set([
  '_id',
  '_index',
  '_source',
  '_routing',
  '_field_names',
  '_ignored',
  '_seq_no',
  '_version',
  '_doc_count',
  '_tier',
  '_nested_path',
]);

function metadata(name: string): ElasticError {
  const why = 'is a metadata field and cannot be added inside a document. Use the index API request parameters.';
  return documentError(`Field [${name}] ${why}`);
}

function documentMalformed(): ElasticError {
  return new ElasticError(400, 'document_parsing_exception', 'Malformed content, must start with an object');
}
