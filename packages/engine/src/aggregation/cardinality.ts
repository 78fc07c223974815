import { illegalArgument } from '../errors.ts';
import { Options } from '../wire/options.ts';
import type { AggregationType, Aggregator, Batch } from './aggregation.ts';
import { bindField } from './bound-field.ts';
import type { KeySource } from './key-source.ts';
import { keysOf } from './keys-of.ts';
import { PairSet } from './pair-set.ts';
import { SOURCE_MEMBERS, sourceField } from './source-field.ts';

/** How many different values the documents have. Exact, where Elasticsearch estimates above `precision_threshold`. */
export const cardinality: AggregationType = (body) => {
  const options = new Options('cardinality', body, [
    ...SOURCE_MEMBERS,
    'precision_threshold',
    'rehash',
    'execution_hint',
  ]);
  const name = sourceField(options);
  return (context) =>
    new Cardinality(keysOf(bindField(context, name, 'cardinality'), { missing: options.value('missing') }));
};

class Cardinality implements Aggregator {
  readonly type = 'cardinality';
  private readonly keys: KeySource;
  private readonly pairs: PairSet;

  constructor(keys: KeySource) {
    this.keys = keys;
    this.pairs = new PairSet(keys.keyCount);
  }

  collect(batch: Batch): void {
    const { owners, keys } = this.keys.read(batch);
    this.pairs.add(owners, keys, batch.ownerCount);
  }

  result(owner: number): Record<string, unknown> {
    return { value: this.pairs.count(owner) };
  }

  metric(owner: number, key: string | undefined): number {
    if (key !== undefined && key !== 'value') throw illegalArgument(`Unknown value key [${key}]`);
    return this.pairs.count(owner);
  }
}
