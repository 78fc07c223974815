import { array, assert, asyncProperty, constantFrom, double, integer, option, record, uniqueArray } from 'fast-check';
import { expect, it } from 'vitest';
import { sampleSearcher } from '../aggregation/sample-searcher.testing.ts';
import { Double } from '../wire/json.ts';
import { search } from './search.ts';

const rows = array(
  record({
    k: uniqueArray(constantFrom('a', 'b', 'é', 'z'), { maxLength: 2 }),
    n: array(integer({ min: -3, max: 3 }), { maxLength: 3 }),
    d: option(double({ noNaN: true, min: -2, max: 2 }), { nil: null }),
  }),
  { maxLength: 40 },
);
type Row = { readonly k: readonly string[]; readonly n: readonly number[]; readonly d: number | null };

const criteria = array(
  record({
    field: constantFrom('k', 'n', 'd'),
    order: constantFrom('asc', 'desc'),
    missing: constantFrom('_first', '_last'),
  }),
  { minLength: 1, maxLength: 3 },
);
type Criterion = { readonly field: string; readonly order: string; readonly missing: string };

it('sorting agrees with a naive one, and paging with search_after meets every document once', async () => {
  await assert(
    asyncProperty(
      rows,
      criteria,
      integer({ min: 1, max: 40 }),
      integer({ min: 1, max: 7 }),
      async (documents, sorts, perSegment, size) => {
        const searcher = await sampleSearcher({ k: 'keyword', n: 'long', d: 'double' }, documents, perSegment);
        const sort = [...sorts.map(({ field, order, missing }) => ({ [field]: { order, missing } })), '_doc'];
        const expected = naiveOrder(documents, sorts);
        const whole = search([searcher], { sort, size: 100, _source: false });
        expect(whole.hits.hits.map(({ _id }) => _id)).toEqual(expected);
        expect(pages(searcher, sort, size)).toEqual(expected);
      },
    ),
    { numRuns: 300 },
  );
});

function pages(searcher: Awaited<ReturnType<typeof sampleSearcher>>, sort: unknown, size: number): unknown[] {
  const found: unknown[] = [];
  let after: unknown[] | undefined;
  for (;;) {
    const { hits } = search([searcher], { sort, size, _source: false, ...(after && { search_after: after }) }).hits;
    if (hits.length === 0) return found;
    found.push(...hits.map(({ _id }) => _id));
    after = hits.at(-1)!.sort!.map((value) => (value instanceof Double ? value.value : asSent(value)));
  }
}

/** What a client sends back for a number beyond its precision. */
function asSent(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'text' in value ? Number(value.text) : value;
}

function naiveOrder(documents: readonly Row[], sorts: readonly Criterion[]): string[] {
  const order = documents
    .map((_, i) => i)
    .toSorted((left, right) => {
      for (const criterion of sorts) {
        const result = compare(valueOf(documents[left]!, criterion), valueOf(documents[right]!, criterion), criterion);
        if (result !== 0) return result;
      }
      return left - right;
    });
  return order.map(String);
}

function valueOf(row: Row, { field, order }: Criterion): string | number | undefined {
  const values = [row[field as keyof Row]].flat().filter((value) => value !== null) as (string | number)[];
  return values.toSorted((left, right) => (left < right ? -1 : 1)).at(order === 'asc' ? 0 : -1);
}

function compare(
  left: string | number | undefined,
  right: string | number | undefined,
  { order, missing }: Criterion,
): number {
  if (left === right) return 0;
  if (left === undefined || right === undefined) return (left === undefined) === (missing === '_first') ? -1 : 1;
  return left < right === (order === 'asc') ? -1 : 1;
}
