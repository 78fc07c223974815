import { ElasticError, illegalArgument, parsingError, unsupported } from '../errors.ts';
import { closest, isObject, tokenOf } from '../wire/options.ts';
import type { Aggregator, Context, Definition } from './aggregation.ts';
import { createChildren } from './children.ts';
import { BUCKET_TYPES, METRIC_TYPES, UNSUPPORTED_TYPES } from './types.ts';

/** Far more than anyone nests; a bound on the recursion. */
const DEEPEST = 100;

/**
 * Reads the `aggs` of a search body. Nothing is known of the indices yet.
 * @throws ElasticError 400, worded as Elasticsearch words it; 400 too for an aggregation that this engine does not have.
 */
export function parseAggregations(body: unknown, parent?: string, depth = 0): readonly Definition[] {
  if (!isObject(body)) throw parsingError(`Unknown key for a ${tokenOf(body)} in [aggs].`);
  if (depth > DEEPEST) throw illegalArgument(`aggregations are nested deeper than ${DEEPEST} levels`);
  return Object.entries(body).map(([name, definition]) => parseOne(name, definition, parent, depth));
}

function parseOne(name: string, definition: unknown, parent: string | undefined, depth: number): Definition {
  if (/[[\]>]/.test(name)) {
    throw parsingError(
      `Invalid aggregation name [${name}]. Aggregation names can contain any character except '[', ']', and '>'`,
    );
  }
  if (!isObject(definition)) {
    throw parsingError(
      `Aggregation definition for [${name} starts with a [${tokenOf(definition)}], expected a [START_OBJECT].`,
    );
  }
  const { type, options, inner, meta } = takeApart(name, definition);
  const children = inner === undefined ? [] : parseAggregations(inner, name, depth + 1);
  const create = findType(type)(options, name);
  if (children.length > 0 && METRIC_TYPES.has(type)) {
    throw illegalArgument(`Aggregator [${name}] of type [${type}] cannot accept sub-aggregations`);
  }
  if (type === 'global' && parent !== undefined) {
    throw illegalArgument(
      `Aggregation [${parent}] cannot have a global sub-aggregation [${name}]. Global aggregations can only be defined as top level aggregations`,
    );
  }
  return {
    name,
    meta,
    create: (context: Context): Aggregator => create(context, createChildren(children, context)),
  };
}

interface Parts {
  readonly type: string;
  readonly options: Record<string, unknown>;
  readonly inner: unknown;
  readonly meta: Record<string, unknown> | undefined;
}

function takeApart(name: string, definition: Record<string, unknown>): Parts {
  const { aggs, aggregations, meta, ...types } = definition;
  if (aggs !== undefined && aggregations !== undefined) {
    throw parsingError(`Found two sub aggregation definitions under [${name}]`);
  }
  for (const [member, value] of Object.entries(definition)) {
    if (isObject(value)) continue;
    throw parsingError(`Expected [START_OBJECT] under [${member}], but got a [${tokenOf(value)}] in [${name}]`);
  }
  const [type, second] = Object.keys(types);
  if (type === undefined) throw parsingError(`Missing definition for aggregation [${name}]`);
  if (second !== undefined) {
    throw parsingError(`Found two aggregation type definitions in [${name}]: [${type}] and [${second}]`);
  }
  return {
    type,
    options: types[type] as Record<string, unknown>,
    inner: aggs ?? aggregations,
    meta: meta as Record<string, unknown> | undefined,
  };
}

function findType(type: string): NonNullable<ReturnType<typeof BUCKET_TYPES.get>> {
  const found = BUCKET_TYPES.get(type) ?? METRIC_TYPES.get(type);
  if (found !== undefined) return found;
  if (UNSUPPORTED_TYPES.has(type)) throw unsupported(`the aggregation [${type}]`);
  const near = closest(type, [...BUCKET_TYPES.keys(), ...METRIC_TYPES.keys()]);
  throw new ElasticError(
    400,
    'parsing_exception',
    `Unknown aggregation type [${type}]${near === undefined ? '' : ` did you mean [${near}]?`}`,
    {
      details: {
        line: 1,
        col: 1,
        caused_by: { type: 'named_object_not_found_exception', reason: `[1:1] unknown field [${type}]` },
      },
    },
  );
}
