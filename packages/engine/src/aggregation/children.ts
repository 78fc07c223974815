import type { Aggregator, Batch, Children, Context, Definition } from './aggregation.ts';

/** Binds the aggregations of one level to the search. */
export function createChildren(definitions: readonly Definition[], context: Context): Children {
  return new ChildList(
    definitions.map(({ name, meta, create }) => ({ name, meta, aggregator: create(context) })),
    context.typedKeys,
  );
}

interface Child {
  readonly name: string;
  readonly meta: Record<string, unknown> | undefined;
  readonly aggregator: Aggregator;
}

class ChildList implements Children {
  readonly size: number;
  private readonly list: readonly Child[];
  private readonly typedKeys: boolean;

  constructor(list: readonly Child[], typedKeys: boolean) {
    this.size = list.length;
    this.list = list;
    this.typedKeys = typedKeys;
  }

  collect(batch: Batch): void {
    for (const { aggregator } of this.list) aggregator.collect(batch);
  }

  results(owner: number): Record<string, unknown> {
    // fromEntries defines members: an aggregation may well be named __proto__.
    return Object.fromEntries(
      this.list.map(({ name, meta, aggregator }) => {
        const result = aggregator.result(owner);
        const key = this.typedKeys ? `${aggregator.type}#${name}` : name;
        return [key, meta === undefined ? result : { meta, ...result }];
      }),
    );
  }

  find(name: string): Aggregator | undefined {
    return this.list.find((child) => child.name === name)?.aggregator;
  }
}
