import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { idleMemory } from './idle-memory.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('memory is given back once, when a burst is over', () => {
  const collect = vi.fn<() => void>();
  const memory = idleMemory(collect);
  for (let batch = 0; batch < 10; batch++) {
    memory.add(1_000);
    vi.advanceTimersByTime(1_000);
  }
  expect(collect).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(collect).toHaveBeenCalledOnce();
});

test('a trickle is not worth it, and after the end nothing happens', () => {
  const collect = vi.fn<() => void>();
  const memory = idleMemory(collect);
  memory.add(10);
  vi.advanceTimersByTime(10_000);
  memory.add(10_000);
  memory.stop();
  vi.advanceTimersByTime(10_000);
  expect(collect).not.toHaveBeenCalled();
});

test('this Node can be asked to collect', () => {
  const memory = idleMemory();
  memory.add(10_000);
  expect(() => vi.advanceTimersByTime(10_000)).not.toThrow();
});
