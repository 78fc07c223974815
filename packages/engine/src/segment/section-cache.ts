/**
 * Sections of all segments of an engine, kept while they fit a budget; the one not used for longest goes first.
 * A search that holds a view keeps it for as long as it needs, so the budget is of what is kept for later.
 */
export class SectionCache {
  private readonly budget: number;
  private readonly entries = new Map<string, { readonly byteLength: number }>();
  private bytes = 0;
  private segments = 0;

  /** @param budget bytes */
  constructor(budget: number) {
    this.budget = budget;
  }

  /** A prefix that no other segment has. */
  nextPrefix(): string {
    return `${this.segments++}/`;
  }

  get byteLength(): number {
    return this.bytes;
  }

  get<T extends { readonly byteLength: number }>(key: string, load: () => T): T {
    const kept = this.entries.get(key);
    if (kept !== undefined) {
      // A Map keeps the order of insertion: put last what was used last.
      this.entries.delete(key);
      this.entries.set(key, kept);
      return kept as T;
    }
    const value = load();
    this.entries.set(key, value);
    this.bytes += value.byteLength;
    this.shrink();
    return value;
  }

  /** Forgets a segment that is gone. */
  drop(prefix: string): void {
    for (const [key, value] of this.entries) {
      if (!key.startsWith(prefix)) continue;
      this.entries.delete(key);
      this.bytes -= value.byteLength;
    }
  }

  private shrink(): void {
    for (const [key, value] of this.entries) {
      if (this.bytes <= this.budget || this.entries.size === 1) return;
      this.entries.delete(key);
      this.bytes -= value.byteLength;
    }
  }
}
