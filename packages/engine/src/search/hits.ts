import type { Searcher } from '../query/query.ts';
import type { SearchBody } from './body.ts';
import { fieldsFromColumns, fieldsFromSource } from './field-values.ts';
import { Float } from '../wire/json.ts';
import { sourceReader } from './source.ts';
import type { SortKey } from './sort-key.ts';
import type { TopHit } from './top-hits.ts';

/** One hit of the response, members in Elasticsearch's order. */
export interface Hit {
  readonly _index: string;
  readonly _id?: string;
  readonly _version?: number;
  readonly _seq_no?: number;
  readonly _primary_term?: number;
  /** Null when a sort made scores needless. */
  readonly _score: Float | null;
  readonly _ignored?: readonly string[];
  /** RawJson when the source is shown whole. */
  readonly _source?: unknown;
  readonly fields?: Record<string, readonly unknown[]>;
  readonly sort?: readonly unknown[];
}

/** Reads what the hits show. `sort`: the keys whose values are shown; undefined without a sort. */
export function buildHits(
  top: readonly TopHit[],
  searchers: readonly Searcher[],
  body: SearchBody,
  sort: readonly SortKey[] | undefined,
  scored: boolean,
): readonly Hit[] {
  const readSource = sourceReader(body.source);
  return top.map(({ matched, document, ranks }) => {
    const { index, mapping } = searchers[matched.place]!;
    const { segment } = matched.view;
    const score = typeof matched.scores === 'number' ? matched.scores : matched.scores[document]!;
    const needsSource = body.source !== false || body.fields.length > 0;
    const source = needsSource ? segment.source(document) : NOTHING;
    const fields = {
      ...fieldsFromColumns(body.docvalueFields, mapping, index, segment, document),
      ...fieldsFromSource(body.fields, mapping, source),
    };
    const ignored = ignoredFields(matched.view.segment, document);
    return {
      _index: index,
      ...(body.identifiers ? { _id: segment.identifier(document) } : undefined),
      ...(body.version ? { _version: segment.version(document) } : undefined),
      ...(body.sequenceNumbers ? { _seq_no: segment.sequenceNumber(document), _primary_term: 1 } : undefined),
      _score: scored ? new Float(score) : null,
      ...(ignored.length > 0 && body.identifiers ? { _ignored: ignored } : undefined),
      ...(body.source === false ? undefined : { _source: readSource(source) }),
      ...(Object.keys(fields).length > 0 ? { fields } : undefined),
      ...(sort === undefined ? undefined : { sort: sort.map((key, i) => key.show(ranks[i]!)) }),
    };
  });
}

const NOTHING = new Uint8Array(0);

/** Names of the fields whose values were left out of the index, kept by the mapping in a column of that name. */
function ignoredFields(segment: TopHit['matched']['view']['segment'], document: number): string[] {
  const column = segment.terms('_ignored');
  if (column === undefined) return [];
  const { ordinals, offsets, dictionary } = column;
  const codes =
    offsets === undefined ? [ordinals[document]!] : [...ordinals.subarray(offsets[document], offsets[document + 1])];
  return codes.filter((code) => code > 0).map((code) => dictionary.text(code - 1));
}
