/**
 * Arrays that are used again for every batch: allocating and clearing them anew would cost more than filling them.
 * What `take` gave is overwritten by the next `take` of the same scratch, and holds anything at first.
 */
export class Scratch<T extends Uint32Array | Float64Array> {
  private array: T;

  constructor(array: T) {
    this.array = array;
  }

  take(size: number): T {
    if (this.array.length < size) this.array = new (this.array.constructor as new (length: number) => T)(size);
    return this.array.subarray(0, size) as T;
  }
}

export function integers(): Scratch<Uint32Array> {
  return new Scratch(new Uint32Array(0));
}

export function doubles(): Scratch<Float64Array> {
  return new Scratch(new Float64Array(0));
}
