import { grown } from './growable.ts';
import type { Valued } from './read-numbers.ts';

/** What a summary keeps beside the count. */
export interface Kept {
  readonly sum?: boolean;
  readonly extremes?: boolean;
  readonly squares?: boolean;
}

/** Count, sum, smallest, largest and sum of squares of numbers, per owner. */
export class Summary {
  private counts: Float64Array = new Float64Array(1);
  private minimums: Float64Array = new Float64Array(1).fill(Infinity);
  private maximums: Float64Array = new Float64Array(1).fill(-Infinity);
  private readonly sums: CompensatedSums = new CompensatedSums();
  private readonly squares: CompensatedSums = new CompensatedSums();
  private readonly kept: Kept;

  constructor(kept: Kept) {
    this.kept = kept;
  }

  add({ values, owners }: Valued, ownerCount: number): void {
    this.addCounts(owners, values.length, ownerCount);
    if (this.kept.sum === true) this.sums.add(values, owners, ownerCount);
    if (this.kept.extremes === true) this.addExtremes(values, owners, ownerCount);
    if (this.kept.squares === true) {
      const squares = values.map((value) => value * value);
      this.squares.add(squares, owners, ownerCount);
    }
  }

  count(owner: number): number {
    return this.counts[owner] ?? 0;
  }

  sum(owner: number): number {
    return this.sums.value(owner);
  }

  sumOfSquares(owner: number): number {
    return this.squares.value(owner);
  }

  /** Infinity when there is none. */
  minimum(owner: number): number {
    return this.minimums[owner] ?? Infinity;
  }

  /** −Infinity when there is none. */
  maximum(owner: number): number {
    return this.maximums[owner] ?? -Infinity;
  }

  private addCounts(owners: Uint32Array | undefined, added: number, ownerCount: number): void {
    this.counts = grown(this.counts, ownerCount);
    const { counts } = this;
    if (owners === undefined) counts[0]! += added;
    else for (let i = 0; i < owners.length; i++) counts[owners[i]!]!++;
  }

  private addExtremes(values: Float64Array, owners: Uint32Array | undefined, ownerCount: number): void {
    this.minimums = grown(this.minimums, ownerCount, Infinity);
    this.maximums = grown(this.maximums, ownerCount, -Infinity);
    const { minimums, maximums } = this;
    for (let i = 0; i < values.length; i++) {
      const owner = owners === undefined ? 0 : owners[i]!;
      const value = values[i]!;
      if (value < minimums[owner]!) minimums[owner] = value;
      if (value > maximums[owner]!) maximums[owner] = value;
    }
  }
}

/** Kahan's sums, step for step as Elasticsearch's CompensatedSum, so that the last digits agree. */
class CompensatedSums {
  private sums: Float64Array = new Float64Array(1);
  private deltas: Float64Array = new Float64Array(1);

  add(values: Float64Array, owners: Uint32Array | undefined, ownerCount: number): void {
    this.sums = grown(this.sums, ownerCount);
    this.deltas = grown(this.deltas, ownerCount);
    const { sums, deltas } = this;
    for (let i = 0; i < values.length; i++) {
      const owner = owners === undefined ? 0 : owners[i]!;
      const sum = sums[owner]!;
      const corrected = values[i]! + deltas[owner]!;
      const updated = sum + corrected;
      deltas[owner] = corrected - (updated - sum);
      sums[owner] = updated;
    }
  }

  value(owner: number): number {
    return this.sums[owner] ?? 0;
  }
}
