import type { Batch } from './aggregation.ts';
import { grown } from './growable.ts';
import type { Keyed } from './keyed.ts';
import { integers, type Scratch } from './scratch.ts';
import { PairHash } from './pair-hash.ts';

/** 32 MB of numbers; above it the buckets that are really there are cheaper to hash. */
const MOST_SLOTS = 1 << 23;

/**
 * The buckets of one aggregation: a number for every pair of owner and key that some document has, from 0 without gaps,
 * and how many documents each holds. A dense table while owners × keys is small, a hash after.
 */
export class Buckets {
  size = 0;
  counts: Uint32Array = new Uint32Array(16);
  keys: Uint32Array = new Uint32Array(16);
  private owners: Uint32Array = new Uint32Array(16);
  /** Bucket number + 1 at owner × keyCount + key. */
  private table: Uint32Array | undefined = new Uint32Array(0);
  private hash: PairHash | undefined;
  private index: { readonly starts: Uint32Array; readonly buckets: Uint32Array } | undefined;
  private readonly keyCount: number;
  private readonly children: Scratch<Uint32Array> = integers();

  /** `keyCount`: keys are below it; Infinity when that is not known. */
  constructor(keyCount: number) {
    this.keyCount = keyCount;
  }

  /** Puts documents into buckets. Gives the batch for the children: the same documents, owned by these buckets. */
  add(batch: Batch, keyed: Keyed): Batch {
    this.reserve(batch.ownerCount);
    const owners = this.children.take(keyed.keys.length);
    if (this.table === undefined) this.addHashed(keyed, owners);
    else this.addDense(this.table, keyed, owners);
    this.index = undefined;
    return { view: batch.view, documents: keyed.documents, owners, ownerCount: this.size };
  }

  /** Makes the bucket if it is not there, without a document. */
  touch(owner: number, key: number): void {
    this.reserve(owner + 1);
    this.number(owner, key);
    this.index = undefined;
  }

  /** The numbers of an owner's buckets, in the order they were made. */
  of(owner: number): Uint32Array {
    const { starts, buckets } = (this.index ??= this.buildIndex());
    return owner < 0 ? new Uint32Array(0) : buckets.subarray(starts[owner] ?? 0, starts[owner + 1] ?? 0);
  }

  // The hot path of every bucket aggregation. `| 0` keeps what comes from unsigned arrays in integer registers: without it the slot is
  // computed in floating point. Neighbours in a log often share a bucket, so runs are counted at once: adding one by one to the
  // same counter would wait for the last write each time.
  private addDense(table: Uint32Array, keyed: Keyed, children: Uint32Array): void {
    const { keys, owners } = keyed;
    const keyCount = this.keyCount | 0;
    let lastSlot = -1;
    let bucket = 0;
    let runStart = 0;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]! | 0;
      const slot = owners === undefined ? key : (Math.imul(owners[i]! | 0, keyCount) + key) | 0;
      if (slot !== lastSlot) {
        if (i > runStart) this.counts[bucket]! += i - runStart;
        runStart = i;
        lastSlot = slot;
        if (table[slot] === 0) table[slot] = this.create(owners === undefined ? 0 : owners[i]!, key) + 1;
        bucket = (table[slot]! - 1) | 0;
      }
      children[i] = bucket;
    }
    if (keys.length > runStart) this.counts[bucket]! += keys.length - runStart;
  }

  private addHashed(keyed: Keyed, children: Uint32Array): void {
    const { keys, owners } = keyed;
    for (let i = 0; i < keys.length; i++) {
      const bucket = this.number(owners === undefined ? 0 : owners[i]!, keys[i]!);
      this.counts[bucket]!++;
      children[i] = bucket;
    }
  }

  private number(owner: number, key: number): number {
    if (this.table !== undefined) {
      const slot = owner * this.keyCount + key;
      return (this.table[slot] ||= this.create(owner, key) + 1) - 1;
    }
    const number = this.hash!.number(owner, key);
    return number < this.size ? number : this.create(owner, key);
  }

  private create(owner: number, key: number): number {
    const bucket = this.size++;
    this.counts = grown(this.counts, this.size);
    this.keys = grown(this.keys, this.size);
    this.owners = grown(this.owners, this.size);
    this.keys[bucket] = key;
    this.owners[bucket] = owner;
    return bucket;
  }

  private reserve(ownerCount: number): void {
    if (this.table === undefined) return;
    const slots = ownerCount * this.keyCount;
    if (slots <= MOST_SLOTS) {
      this.table = grown(this.table, slots);
      return;
    }
    this.table = undefined;
    this.hash = new PairHash();
    for (let bucket = 0; bucket < this.size; bucket++) this.hash.number(this.owners[bucket]!, this.keys[bucket]!);
  }

  /** A counting sort by owner. */
  private buildIndex(): { starts: Uint32Array; buckets: Uint32Array } {
    let last = -1;
    for (let bucket = 0; bucket < this.size; bucket++) last = Math.max(last, this.owners[bucket]!);
    const starts = new Uint32Array(last + 2);
    for (let bucket = 0; bucket < this.size; bucket++) starts[this.owners[bucket]! + 1]!++;
    for (let owner = 0; owner <= last; owner++) starts[owner + 1]! += starts[owner]!;
    const next = starts.slice();
    const buckets = new Uint32Array(this.size);
    for (let bucket = 0; bucket < this.size; bucket++) buckets[next[this.owners[bucket]!]!++] = bucket;
    return { starts, buckets };
  }
}
