/** Growing lists of numbers without a boxed value or an array of holes behind them. */
export class Uint32List {
  length = 0;
  private array = new Uint32Array(64);

  push(value: number): void {
    if (this.length === this.array.length) this.array = grown(this.array, new Uint32Array(this.length * 2));
    this.array[this.length++] = value;
  }

  /** A view of what was pushed; valid until the next push. */
  view(): Uint32Array {
    return this.array.subarray(0, this.length);
  }
}

export class Float64List {
  length = 0;
  private array = new Float64Array(64);

  push(value: number): void {
    if (this.length === this.array.length) this.array = grown(this.array, new Float64Array(this.length * 2));
    this.array[this.length++] = value;
  }

  /** A view of what was pushed; valid until the next push. */
  view(): Float64Array {
    return this.array.subarray(0, this.length);
  }
}

export class ByteList {
  length = 0;
  private array = new Uint8Array(256);

  /** LEB128: seven bits a byte, low bits first, the high bit says that more follows. `value` is below 2^53. */
  varint(value: number): void {
    this.reserve(8);
    while (value > 0x7f) {
      this.array[this.length++] = (value % 128) | 0x80;
      value = value > 0xffff_ffff ? Math.floor(value / 128) : value >>> 7;
    }
    this.array[this.length++] = value;
  }

  bytes(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.array.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** A view of what was pushed; valid until the next push. */
  view(): Uint8Array {
    return this.array.subarray(0, this.length);
  }

  private reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.array.length) return;
    this.array = grown(this.array, new Uint8Array(Math.max(needed, this.array.length * 2)));
  }
}

function grown<A extends Uint8Array | Uint32Array | Float64Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
