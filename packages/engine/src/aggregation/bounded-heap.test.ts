import { array, assert, integer, property } from 'fast-check';
import { expect, it } from 'vitest';
import { BoundedHeap } from './bounded-heap.ts';

it('a bounded heap keeps what sorting and cutting would keep', () => {
  assert(
    property(array(integer({ min: 0, max: 20 })), integer({ min: 0, max: 12 }), (values, limit) => {
      const heap = new BoundedHeap<number>(limit, (left, right) => left - right);
      for (const value of values) heap.offer(value);
      const expected = values.toSorted((left, right) => left - right).slice(0, limit);
      expect(heap.sorted()).toEqual(expected);
      if (heap.full && limit > 0) expect(heap.last).toBe(expected.at(-1));
    }),
  );
});
