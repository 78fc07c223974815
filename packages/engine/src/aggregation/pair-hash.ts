import { grown } from './growable.ts';

/** Numbers distinct pairs (owner, key) from 0 in the order they come. Open addressing with linear probing, at most half full. */
export class PairHash {
  size = 0;
  owners: Uint32Array = new Uint32Array(16);
  keys: Uint32Array = new Uint32Array(16);
  private table: Int32Array = new Int32Array(32).fill(-1);

  /** The pair's number; a new pair gets the next one. */
  number(owner: number, key: number): number {
    const mask = this.table.length - 1;
    for (let slot = hash(owner, key) & mask; ; slot = (slot + 1) & mask) {
      const found = this.table[slot]!;
      if (found < 0) return this.insert(slot, owner, key);
      if (this.keys[found] === key && this.owners[found] === owner) return found;
    }
  }

  private insert(slot: number, owner: number, key: number): number {
    const number = this.size++;
    this.owners = grown(this.owners, number + 1);
    this.keys = grown(this.keys, number + 1);
    this.owners[number] = owner;
    this.keys[number] = key;
    this.table[slot] = number;
    if (this.size * 2 > this.table.length) this.rehash();
    return number;
  }

  private rehash(): void {
    this.table = new Int32Array(this.table.length * 2).fill(-1);
    const mask = this.table.length - 1;
    for (let number = 0; number < this.size; number++) {
      let slot = hash(this.owners[number]!, this.keys[number]!) & mask;
      while (this.table[slot]! >= 0) slot = (slot + 1) & mask;
      this.table[slot] = number;
    }
  }
}

/** Two multiplicative hashes mixed, finished as MurmurHash3's fmix32. */
function hash(owner: number, key: number): number {
  let mixed = Math.imul(owner, 0x9e37_79b1) ^ Math.imul(key, 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return mixed ^ (mixed >>> 16);
}
