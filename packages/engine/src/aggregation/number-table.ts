import { grown } from './growable.ts';

/** Numbers distinct doubles from 0 in the order they come. Open addressing with linear probing, at most half full. */
export class NumberTable {
  private size = 0;
  private values: Float64Array = new Float64Array(16);
  private table: Int32Array = new Int32Array(32).fill(-1);

  /** The value's number; a new value gets the next one. */
  number(value: number): number {
    const mask = this.table.length - 1;
    for (let slot = hash(value) & mask; ; slot = (slot + 1) & mask) {
      const found = this.table[slot]!;
      if (found < 0) return this.insert(slot, value);
      if (this.values[found] === value) return found;
    }
  }

  value(number: number): number {
    return this.values[number]!;
  }

  private insert(slot: number, value: number): number {
    const number = this.size++;
    this.values = grown(this.values, this.size);
    this.values[number] = value;
    this.table[slot] = number;
    if (this.size * 2 > this.table.length) this.rehash();
    return number;
  }

  private rehash(): void {
    this.table = new Int32Array(this.table.length * 2).fill(-1);
    const mask = this.table.length - 1;
    for (let number = 0; number < this.size; number++) {
      let slot = hash(this.values[number]!) & mask;
      while (this.table[slot]! >= 0) slot = (slot + 1) & mask;
      this.table[slot] = number;
    }
  }
}

const double = new Float64Array(1);
const halves = new Uint32Array(double.buffer);

/** Both halves of the double mixed, finished as MurmurHash3's fmix32. −0 hashes as 0, which it equals. */
function hash(value: number): number {
  double[0] = value + 0;
  let mixed = Math.imul(halves[0]!, 0x9e37_79b1) ^ halves[1]!;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return mixed ^ (mixed >>> 16);
}
