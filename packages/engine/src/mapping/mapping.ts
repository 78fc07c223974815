import type { Field, Mapping } from './field.ts';
import { buildTree, type ObjectNode } from './build-tree.ts';
import { type Definition, isRecord, mapperParsing } from './definition.ts';
import { type DocumentParser, documentParser } from './document-parser.ts';
import type { Leaf } from './leaf.ts';
import { mergeRoot } from './merge.ts';
import { showRoot } from './show.ts';

/**
 * The mapping of a `mappings` body; an empty one that adds fields dynamically without a body.
 * @throws ElasticError 400 `mapper_parsing_exception` for what it cannot read
 */
export function createMapping(body: unknown = {}): Mapping {
  if (!isRecord(body)) throw mapperParsing('Failed to parse mapping: it is no object');
  return new TreeMapping(mergeRoot({}, body));
}

class TreeMapping implements Mapping {
  private readonly body: Definition;
  private readonly root: ObjectNode;
  private readonly leaves: ReadonlyMap<string, Leaf>;
  private readonly parser: DocumentParser;

  constructor(body: Definition) {
    this.body = body;
    const { root, leaves } = buildTree(body);
    this.root = root;
    this.leaves = leaves;
    this.parser = documentParser(this.root, body);
  }

  field(name: string): Field | undefined {
    return this.leaves.get(name);
  }

  fieldsMatching(pattern: string): readonly Field[] {
    const expression = wildcard(pattern);
    const names = [...this.leaves.keys()].filter((name) => expression.test(name)).sort();
    return names.map((name) => this.leaves.get(name)!);
  }

  merge(body: unknown): Mapping {
    if (!isRecord(body)) throw mapperParsing('Failed to parse mapping: it is no object');
    return new TreeMapping(mergeRoot(this.body, body));
  }

  parse(source: unknown, options: { readonly id?: string } = {}): ReturnType<Mapping['parse']> {
    const parsed = this.parser(source, options.id);
    if ('document' in parsed) return { document: parsed.document, mapping: this };
    // Fields were met for the first time: rare, so the document is simply read again with a mapping that has them.
    return this.merge({ properties: parsed.additions }).parse(source, options);
  }

  toJSON(): Record<string, unknown> {
    return showRoot(this.body);
  }
}

function wildcard(pattern: string): RegExp {
  const literal = pattern.split('*').map((part) => part.replace(/[$()+.?[\\\]^{|}/]/g, String.raw`\$&`));
  return new RegExp(`^${literal.join('.*')}$`, 's');
}
