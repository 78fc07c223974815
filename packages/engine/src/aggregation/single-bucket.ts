import { Bitset } from '../segment/bitset.ts';
import type { SegmentView } from '../segment/segment.ts';
import { illegalArgument } from '../errors.ts';
import { Options } from '../wire/options.ts';
import type { AggregationType, Aggregator, Batch, Children } from './aggregation.ts';
import { bindField } from './bound-field.ts';
import { grown } from './growable.ts';
import { perSegment } from './per-segment.ts';
import { queriesOf } from './queries-of.ts';
import { SOURCE_MEMBERS, sourceField } from './source-field.ts';

/** The documents that match a query. */
export const filter: AggregationType = (body) => (context, children) => {
  const matches = queriesOf(context, body);
  return new SingleBucket('filter', children, (batch) => selected(batch, matches(batch.view)));
};

/** The documents that have no value for a field. */
export const missing: AggregationType = (body) => {
  const name = sourceField(new Options('missing', body, SOURCE_MEMBERS));
  return (context, children) => {
    bindField(context, name, 'missing');
    const without = perSegment(({ segment }) =>
      (segment.present(name)?.clone() ?? new Bitset(segment.documentCount)).not(),
    );
    return new SingleBucket('missing', children, (batch) => selected(batch, without(batch.view)));
  };
};

/** All documents of the indices, whatever the query. At the top alone. */
export const global: AggregationType = (body) => {
  checkEmpty('global', body);
  return (_context, children) => {
    let last: SegmentView | undefined;
    return new SingleBucket('global', children, ({ view }) => {
      const documents = view === last ? new Bitset(view.segment.documentCount) : everything(view);
      last = view;
      return { view, documents: documents.toArray(), owners: undefined, ownerCount: 1 };
    });
  };
};

function checkEmpty(type: string, body: Record<string, unknown>): Options {
  return new Options(type, body, []);
}

/** Passes some of the documents on. Its one bucket has the number of its owner, so order paths lead through it. */
class SingleBucket implements Aggregator {
  readonly type: string;
  readonly children: Children;
  private readonly select: (batch: Batch) => Batch;
  private counts: Uint32Array = new Uint32Array(1);

  constructor(type: string, children: Children, select: (batch: Batch) => Batch) {
    this.type = type;
    this.children = children;
    this.select = select;
  }

  collect(batch: Batch): void {
    const inner = this.select(batch);
    this.counts = grown(this.counts, inner.ownerCount);
    if (inner.owners === undefined) this.counts[0]! += inner.documents.length;
    else for (const owner of inner.owners) this.counts[owner]!++;
    this.children.collect(inner);
  }

  result(owner: number): Record<string, unknown> {
    return { doc_count: this.counts[owner] ?? 0, ...this.children.results(owner) };
  }

  metric(owner: number, key: string | undefined): number {
    if (key !== undefined && key !== 'doc_count' && key !== '_count')
      throw illegalArgument(`Unknown value key [${key}]`);
    return this.counts[owner] ?? 0;
  }
}

/** The documents of a batch that are in a set. */
export function selected(batch: Batch, wanted: Bitset): Batch {
  const { documents, owners } = batch;
  const kept = new Uint32Array(documents.length);
  const keptOwners = owners && new Uint32Array(documents.length);
  let next = 0;
  for (let i = 0; i < documents.length; i++) {
    if (!wanted.has(documents[i]!)) continue;
    kept[next] = documents[i]!;
    if (keptOwners !== undefined) keptOwners[next] = owners![i]!;
    next++;
  }
  return { ...batch, documents: kept.subarray(0, next), owners: keptOwners?.subarray(0, next) };
}

/** All documents of a segment that are not deleted. */
export function everything(view: SegmentView): Bitset {
  return view.live ?? Bitset.full(view.segment.documentCount);
}
