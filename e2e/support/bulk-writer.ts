import type { Store } from '../engines/store.ts';
import type { Random } from './random.ts';
import { asking } from './request.ts';

/** What must be in the index under a number: the revision that was acknowledged, or one that was sent and broke off. */
export interface Expectation {
  /** 0: nothing. */
  settled: number;
  pending?: number | undefined;
}

interface Operation {
  readonly number: number;
  /** 0: delete it. */
  readonly revision: number;
  /** The store makes the id, so sending it twice would store it twice. */
  readonly idFromStore: boolean;
}

const LARGEST_BATCH = 200;
/** Batches, on average: flushes and the merges that follow them are to be cut off too. */
const FLUSH_EVERY = 25;
/** So that many writers never use the same number. */
const MOST_WRITERS = 16;

/**
 * Writes bulks of new documents, some under ids that the store makes, with new revisions and deletions of earlier ones
 * between them, and keeps account of what was acknowledged. What broke off is sent again first, as a shipper does.
 */
export class BulkWriter {
  readonly expectations: Map<number, Expectation> = new Map();
  acknowledged = 0;
  #broken: readonly Operation[] = [];
  readonly #known: number[] = [];
  #next: number;
  readonly #index: string;
  readonly #random: Random;

  constructor(index: string, writer: number, random: Random) {
    this.#index = index;
    this.#next = writer;
    this.#random = random;
  }

  /** Resolves when the store no longer answers; rejects when it answers with an error. */
  async writeUntilItBreaks(store: Store): Promise<void> {
    const ask = asking(store, 1);
    try {
      for (;;) {
        const operations = this.#broken.length > 0 ? this.#broken : this.#batch();
        for (const { number, revision } of operations) this.#expect(number).pending = revision;
        this.#broken = operations.filter(({ idFromStore }) => !idFromStore);
        const answer = await ask('POST', `/${this.#index}/_bulk`, operations.map(bulkLines).join('')).catch(
          () => undefined,
        );
        if (answer === undefined) return;
        this.#settle(operations, answer.status, answer.body as BulkAnswer);
        this.#broken = [];
        if (this.#random(FLUSH_EVERY) === 0) await ask('POST', `/${this.#index}/_flush`).catch(() => undefined);
      }
    } finally {
      ask.close();
    }
  }

  #settle(operations: readonly Operation[], status: number, body: BulkAnswer): void {
    const items = body?.items?.map((item) => Object.values(item)[0]?.status ?? 0) ?? [];
    // 409 and 404: the creation or deletion that is sent again was done before the answer broke off.
    if (status !== 200 || !items.every((item) => [200, 201, 409, 404].includes(item))) {
      throw new Error(`bulk was answered ${status}: ${JSON.stringify(body).slice(0, 2000)}`);
    }
    if (items.length !== operations.length) throw new Error(`${operations.length} writes had ${items.length} answers`);
    for (const { number, revision, idFromStore } of operations) {
      this.expectations.set(number, { settled: revision });
      if (revision === 1 && !idFromStore) this.#known.push(number);
    }
    this.acknowledged += operations.length;
  }

  #batch(): Operation[] {
    const operations = new Map<number, Operation>();
    for (let left = 1 + this.#random(LARGEST_BATCH); left > 0; left -= 1) {
      const operation = this.#operation();
      operations.set(operation.number, operation);
    }
    return [...operations.values()];
  }

  #operation(): Operation {
    const kind = this.#random(10);
    const earlier = this.#known[this.#random(this.#known.length || 1)] ?? 0;
    const revision = this.expectations.get(earlier)?.settled ?? 0;
    if (kind <= 2 && revision > 0) {
      return { number: earlier, revision: kind === 0 ? 0 : revision + 1, idFromStore: false };
    }
    this.#next += MOST_WRITERS;
    return { number: this.#next, revision: 1, idFromStore: kind >= 8 };
  }

  #expect(number: number): Expectation {
    const found = this.expectations.get(number) ?? { settled: 0 };
    this.expectations.set(number, found);
    return found;
  }
}

interface BulkAnswer {
  readonly items?: readonly Readonly<Record<string, { readonly status: number }>>[];
}

function bulkLines({ number, revision, idFromStore }: Operation): string {
  if (revision === 0) return `{"delete":{"_id":"n${number}"}}\n`;
  const id = idFromStore ? {} : { _id: `n${number}` };
  const action = revision === 1 ? { create: id } : { index: id };
  return `${JSON.stringify(action)}\n${JSON.stringify({ number, revision, message: `Unauthorized - request ${number}` })}\n`;
}
