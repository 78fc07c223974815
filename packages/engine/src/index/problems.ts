/** Failures of background work, which no request hears of: kept until the work succeeds. */
export class Problems {
  private readonly messages = new Map<string, string>();

  /** @param work what was being done, e.g. `flush of index [logs]` */
  failed(work: string, error: unknown): void {
    this.messages.set(work, error instanceof Error ? error.message : String(error));
  }

  solved(work: string): void {
    this.messages.delete(work);
  }

  list(): readonly string[] {
    return [...this.messages].map(([work, message]) => `${work}: ${message}`);
  }
}
