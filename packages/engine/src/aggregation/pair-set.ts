import { PairHash } from './pair-hash.ts';
import { grown } from './growable.ts';

/** 32 MB of bits; above it the pairs that are really there are cheaper to hash. */
const MOST_WORDS = 1 << 23;

/** Counts the distinct keys of each owner. One bit per possible pair while that is small, a hash of the pairs after. */
export class PairSet {
  private distinct: Uint32Array = new Uint32Array(1);
  private bits: Uint32Array | undefined = new Uint32Array(0);
  private hash: PairHash | undefined;
  /** Words of bits per owner. */
  private readonly width: number;

  /** `keyCount`: keys are below it; Infinity when that is not known. */
  constructor(keyCount: number) {
    this.width = Math.ceil(keyCount / 32);
  }

  add(owners: Uint32Array | undefined, keys: Uint32Array, ownerCount: number): void {
    this.distinct = grown(this.distinct, ownerCount);
    this.reserve(ownerCount);
    if (this.bits === undefined) this.addToHash(owners, keys);
    else this.addToBits(this.bits, owners, keys);
  }

  count(owner: number): number {
    return this.distinct[owner] ?? 0;
  }

  private reserve(ownerCount: number): void {
    if (this.bits === undefined) return;
    if (ownerCount * this.width <= MOST_WORDS) this.bits = grown(this.bits, ownerCount * this.width);
    else this.moveToHash();
  }

  private addToBits(bits: Uint32Array, owners: Uint32Array | undefined, keys: Uint32Array): void {
    const { distinct, width } = this;
    for (let i = 0; i < keys.length; i++) {
      const owner = owners === undefined ? 0 : owners[i]!;
      const key = keys[i]!;
      const word = owner * width + (key >>> 5);
      const bit = 1 << (key & 31);
      if ((bits[word]! & bit) !== 0) continue;
      bits[word]! |= bit;
      distinct[owner]!++;
    }
  }

  private addToHash(owners: Uint32Array | undefined, keys: Uint32Array): void {
    const hash = (this.hash ??= new PairHash());
    for (let i = 0; i < keys.length; i++) {
      const owner = owners === undefined ? 0 : owners[i]!;
      const before = hash.size;
      hash.number(owner, keys[i]!);
      if (hash.size > before) this.distinct[owner]!++;
    }
  }

  private moveToHash(): void {
    const bits = this.bits!;
    const hash = (this.hash = new PairHash());
    this.bits = undefined;
    for (let word = 0; word < bits.length; word++) {
      for (let left = bits[word]!; left !== 0; left &= left - 1) {
        const key = ((word % this.width) << 5) + 31 - Math.clz32(left & -left);
        hash.number(Math.floor(word / this.width), key);
      }
    }
  }
}
