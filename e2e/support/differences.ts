import type { Store } from '../engines/store.ts';
import type { BulkWriter, Expectation } from './bulk-writer.ts';
import { type Ask, asking } from './request.ts';

/** Most hits that a search gives. */
const WINDOW = 10_000;

/**
 * Compares all documents of an index with what its writers were told, and says what differs: lost, doubled, of another
 * revision, or never written. What had broken off counts from then on as it was found.
 */
export async function differences(store: Store, index: string, writers: readonly BulkWriter[]): Promise<string[]> {
  const ask = asking(store);
  try {
    await ask('POST', `/${index}/_refresh`);
    const expected = new Map(writers.flatMap((writer) => [...writer.expectations]));
    const last = [...expected.keys()].reduce((one, other) => Math.max(one, other), 0);
    const stored = await revisions(ask, index, last);
    const unknown = [...stored.keys()].filter((number) => !expected.has(number));
    return [
      ...unknown.map((number) => `${number} was never written and is there`),
      ...[...expected].flatMap(([number, expectation]) => compare(number, expectation, stored.get(number) ?? [])),
    ];
  } finally {
    ask.close();
  }
}

function compare(number: number, expectation: Expectation, found: readonly number[]): string[] {
  if (found.length > 1) return [`${number} is there ${found.length} times`];
  const revision = found[0] ?? 0;
  const { settled, pending } = expectation;
  if (revision !== settled && revision !== pending) {
    return [`${number} is at revision ${revision}, acknowledged was ${settled}, sent was ${pending}`];
  }
  expectation.settled = revision;
  return [];
}

/** The revisions of each number in the index, read in windows that a search can give whole. */
async function revisions(ask: Ask, index: string, last: number): Promise<Map<number, number[]>> {
  const found = new Map<number, number[]>();
  // A quarter of the window: numbers stored twice and thrice still fit, and are seen.
  for (let from = 0; from <= last; from += WINDOW / 4) {
    const { body, text } = await ask('POST', `/${index}/_search`, {
      size: WINDOW,
      track_total_hits: true,
      query: { range: { number: { gte: from, lt: from + WINDOW / 4 } } },
    });
    const { hits } = body as { hits?: { total: { value: number }; hits: { _source: Record<string, number> }[] } };
    if (hits?.total.value !== hits?.hits.length) throw new Error(`the search was answered ${text.slice(0, 2000)}`);
    for (const { _source } of hits?.hits ?? []) {
      const { number = -1, revision = -1 } = _source;
      found.set(number, [...(found.get(number) ?? []), revision]);
    }
  }
  return found;
}
