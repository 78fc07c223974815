import type { LocalIndex } from './local-index.ts';
import type { Problems } from './problems.ts';

/** Merges in the background, one at a time for all indices of an engine. */
export class MergeQueue {
  private readonly problems: Problems;
  private readonly waiting = new Set<LocalIndex>();
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(problems: Problems) {
    this.problems = problems;
  }

  add(index: LocalIndex): void {
    if (this.stopped) return;
    this.waiting.add(index);
    this.running ??= this.run();
  }

  /** Begins no merge any more, and resolves when none runs. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.waiting.clear();
    await this.running;
  }

  private async run(): Promise<void> {
    // Whoever asks goes first: the merge begins after the request that asked for it.
    await new Promise((resolve) => setImmediate(resolve));
    for (const index of this.waiting) {
      const work = `merge of index [${index.name}]`;
      try {
        while (await index.mergeOnce()) if (this.stopped) break;
        this.problems.solved(work);
      } catch (error) {
        // The next flush asks again.
        if (!this.stopped) this.problems.failed(work, error);
      }
      this.waiting.delete(index);
    }
    this.running = undefined;
  }
}
