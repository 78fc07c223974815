/** Keeps the first `limit` of all values offered, in the order of `compare`. A binary heap whose root is the last of those kept. */
export class BoundedHeap<T> {
  private readonly heap: T[] = [];
  private readonly limit: number;
  private readonly compare: (left: T, right: T) => number;

  constructor(limit: number, compare: (left: T, right: T) => number) {
    this.limit = limit;
    this.compare = compare;
  }

  get full(): boolean {
    return this.heap.length >= this.limit;
  }

  /** The last of those kept: what a newcomer must precede once the heap is full. */
  get last(): T | undefined {
    return this.heap[0];
  }

  offer(value: T): void {
    const { heap } = this;
    if (heap.length < this.limit) {
      heap.push(value);
      this.up(heap.length - 1);
    } else if (this.limit > 0 && this.compare(value, heap[0]!) < 0) {
      heap[0] = value;
      this.down();
    }
  }

  sorted(): T[] {
    return this.heap.toSorted(this.compare);
  }

  private up(index: number): void {
    const { heap } = this;
    for (let child = index; child > 0;) {
      const parent = (child - 1) >>> 1;
      if (this.compare(heap[child]!, heap[parent]!) <= 0) return;
      this.swap(child, parent);
      child = parent;
    }
  }

  private down(): void {
    const { heap } = this;
    for (let parent = 0; ;) {
      const left = 2 * parent + 1;
      if (left >= heap.length) return;
      const right = left + 1;
      const child = right < heap.length && this.compare(heap[right]!, heap[left]!) > 0 ? right : left;
      if (this.compare(heap[child]!, heap[parent]!) <= 0) return;
      this.swap(child, parent);
      parent = child;
    }
  }

  private swap(left: number, right: number): void {
    const value = this.heap[left]!;
    this.heap[left] = this.heap[right]!;
    this.heap[right] = value;
  }
}
