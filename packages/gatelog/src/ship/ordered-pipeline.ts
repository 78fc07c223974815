interface Waiting {
  readonly sent: Promise<void>;
  readonly settle: () => Promise<void>;
}

/**
 * Lets a few sendings run at the same time and settles them in the order they were added, so that a checkpoint never
 * passes something that was not acknowledged. After a failure nothing more is settled.
 */
export class OrderedPipeline {
  readonly #limit: number;
  readonly #waiting: Waiting[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Starts `send`; resolves when there is room for another. `settle` gets its result when all before are settled. */
  async add<Result>(send: () => Promise<Result>, settle: (result: Result) => Promise<void>): Promise<void> {
    const result = send();
    const sent = result.then(() => undefined);
    // It is awaited in its turn; until then a failure must not count as unhandled.
    sent.catch(() => undefined);
    this.#waiting.push({ sent, settle: async () => settle(await result) });
    while (this.#waiting.length >= this.#limit) await this.#settleFirst();
  }

  /** Resolves when everything added is settled; rejects with the first failure. */
  async drain(): Promise<void> {
    while (this.#waiting.length > 0) await this.#settleFirst();
  }

  async #settleFirst(): Promise<void> {
    const [first] = this.#waiting;
    if (!first) return;
    await first.sent;
    await first.settle();
    this.#waiting.shift();
  }
}
