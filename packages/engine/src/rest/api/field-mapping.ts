import { INDEX_PARAMETERS, resolveIndices, resolveOptions } from '../index-expression.ts';
import type { Index } from '../../index/engine.ts';
import { ok, type Answer, type Node, type RestRequest, type Route } from '../route.ts';
import { matchesWildcard } from '../wildcard.ts';

const READ = [...INDEX_PARAMETERS, 'include_defaults', 'local'];

export const FIELD_MAPPING_ROUTES: readonly Route[] = [
  {
    methods: ['GET'],
    path: '/_mapping/field/{fields}',
    name: 'Fields of all mappings',
    parameters: READ,
    handler: show,
  },
  {
    methods: ['GET'],
    path: '/{index}/_mapping/field/{fields}',
    name: 'Fields of a mapping',
    parameters: READ,
    handler: show,
  },
];

function show({ path, parameters }: RestRequest, { engine }: Node): Answer {
  const patterns = path['fields']!.split(',');
  const indices = resolveIndices(engine, path['index'], resolveOptions(parameters));
  return ok(Object.fromEntries(indices.map((index) => [index.name, { mappings: fieldsOf(index, patterns) }])));
}

function fieldsOf(index: Index, patterns: readonly string[]): Record<string, unknown> {
  const found = [...leaves(index.mapping.toJSON(), '')].filter(([name]) =>
    patterns.some((pattern) => matchesWildcard(pattern, name)),
  );
  return Object.fromEntries(
    found.map(([name, definition]) => {
      const last = name.slice(name.lastIndexOf('.') + 1);
      return [name, { full_name: name, mapping: { [last]: definition } }];
    }),
  );
}

interface Definition {
  readonly properties?: Readonly<Record<string, Definition>>;
  readonly fields?: Readonly<Record<string, Definition>>;
}

/** Every field that is no object, by its full name; multi-fields after their parent. */
function* leaves(definition: Definition, prefix: string): Generator<readonly [string, Definition]> {
  for (const [name, member] of Object.entries({ ...definition.properties, ...definition.fields })) {
    if (member.properties === undefined) yield [prefix + name, member];
    yield* leaves(member, `${prefix}${name}.`);
  }
}
