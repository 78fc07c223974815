type Growable = Uint32Array | Int32Array | Float64Array;

/** The array itself when it holds `size` elements, else a copy of at least twice the length, new elements set to `fill`. */
export function grown<T extends Growable>(array: T, size: number, fill = 0): T {
  if (size <= array.length) return array;
  const larger = new (array.constructor as new (length: number) => T)(Math.max(size, array.length * 2));
  larger.set(array);
  if (fill !== 0) larger.fill(fill, array.length);
  return larger;
}
