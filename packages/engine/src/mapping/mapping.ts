import { illegalArgument } from '../errors.ts';
import { mapperParsing } from './definition.ts';
import type { Field, Mapping } from './field.ts';
import type { ParsedDocument } from '../segment/parsed-document.ts';
import { mergeObjects } from './merge-objects.ts';
import { DocumentParser } from './parse-document.ts';
import { readMapping } from './read-mapping.ts';
import { type ObjectNode, type RootOptions, countFields, leavesOf } from './tree.ts';
import { writeMapping } from './write-mapping.ts';

/**
 * A mapping of a `mappings` body or of nothing.
 * @throws ElasticError 400 `mapper_parsing_exception` as Elasticsearch words it
 */
export function createMapping(body?: unknown): Mapping {
  const { root, options } = readMapping(body);
  assertRoom(root, 0);
  return new FieldMapping(root, options);
}

class FieldMapping implements Mapping {
  private readonly root: ObjectNode;
  private readonly options: RootOptions;
  private readonly fields = new Map<string, Field>();
  private sorted: readonly Field[] | undefined;

  constructor(root: ObjectNode, options: RootOptions) {
    this.root = root;
    this.options = options;
    const aliases: [string, string][] = [];
    for (const one of leavesOf(root)) {
      if ('kind' in one) aliases.push([one.path, one.target]);
      else this.fields.set(one.name, one);
    }
    for (const [path, target] of aliases) this.addAlias(path, target);
  }

  field(name: string): Field | undefined {
    return this.fields.get(name);
  }

  fieldsMatching(pattern: string): readonly Field[] {
    this.sorted ??= [...this.fields.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    if (pattern === '*') return this.sorted;
    if (!pattern.includes('*')) return [this.fields.get(pattern)].filter((field) => field !== undefined);
    const parts = pattern.split('*');
    return this.sorted.filter(({ name }) => matchesParts(name, parts));
  }

  merge(body: unknown): Mapping {
    const { root, options } = readMapping(body, this.options.written);
    return this.with(root, options);
  }

  parse(source: unknown, options: { readonly id?: string } = {}): { document: ParsedDocument; mapping: Mapping } {
    const parser = new DocumentParser(this.options, options.id);
    const fields = parser.parse(this.root, source);
    if (parser.missing === undefined) return { document: { fields }, mapping: this };
    // Once more, with the fields that were missing: rare, and simpler than growing a mapping on the way.
    const { root } = readMapping(parser.missing.toBody());
    return this.with(root, this.options).parse(source, options);
  }

  toJSON(): Record<string, unknown> {
    return writeMapping(this.root, this.options);
  }

  private with(added: ObjectNode, options: RootOptions): FieldMapping {
    const merged = mergeObjects(this.root, added);
    assertRoom(merged, countFields(this.root));
    return new FieldMapping(merged, options);
  }

  private addAlias(path: string, target: string): void {
    const field = this.fields.get(target);
    if (field !== undefined && !('kind' in field)) this.fields.set(path, field);
    else {
      const why = 'an alias must refer to an existing field in the mappings.';
      throw mapperParsing(`Invalid [path] value [${target}] for field alias [${path}]: ${why}`);
    }
  }
}

/** `a*b*c` in one walk from left to right, so that no pattern can make it slow. */
function matchesParts(name: string, parts: readonly string[]): boolean {
  const [first = ''] = parts;
  const last = parts.at(-1) ?? '';
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}

/** Elasticsearch's `index.mapping.total_fields.limit`. */
const MOST_FIELDS = 1000;

function assertRoom(root: ObjectNode, before: number): void {
  const total = countFields(root);
  if (total <= MOST_FIELDS || total === before) return;
  const reason = `Limit of total fields [${MOST_FIELDS}] has been exceeded while adding new fields [${total - before}]`;
  throw illegalArgument(reason);
}
