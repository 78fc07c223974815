const FREE_FAILURES = 3;
const LONGEST = 1_000;
const FORGOTTEN_AFTER = 60_000;
const MOST_ADDRESSES = 1_000;

/** Makes guessing slow: after three failures each further attempt of an address waits longer, up to a second. */
export class FailureDelay {
  private readonly failures = new Map<string, { count: number; last: number }>();

  /** Milliseconds that the next attempt of this address has to wait. */
  of(address: string, now: number): number {
    const entry = this.failures.get(address);
    if (entry === undefined) return 0;
    if (now - entry.last > FORGOTTEN_AFTER) {
      this.failures.delete(address);
      return 0;
    }
    const beyond = entry.count - FREE_FAILURES;
    return beyond < 0 ? 0 : Math.min(LONGEST, 50 * 2 ** beyond);
  }

  failed(address: string, now: number): void {
    const count = (this.failures.get(address)?.count ?? 0) + 1;
    // Taken out and put in again, the map's order is that of the last failure: the first is the oldest.
    this.failures.delete(address);
    this.failures.set(address, { count, last: now });
    if (this.failures.size > MOST_ADDRESSES) this.failures.delete(this.failures.keys().next().value!);
  }

  succeeded(address: string): void {
    this.failures.delete(address);
  }
}
