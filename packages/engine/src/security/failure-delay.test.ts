import { expect, it } from 'vitest';
import { FailureDelay } from './failure-delay.ts';

it('makes each attempt after the third wait longer, up to a second', () => {
  const delay = new FailureDelay();
  const waits = Array.from({ length: 10 }, (_, i) => {
    const wait = delay.of('a', i);
    delay.failed('a', i);
    return wait;
  });
  expect(waits).toEqual([0, 0, 0, 50, 100, 200, 400, 800, 1000, 1000]);
  expect(delay.of('b', 10)).toBe(0);
});

it('forgets after a success, and a minute after the last failure', () => {
  const delay = new FailureDelay();
  for (let i = 0; i < 5; i++) delay.failed('a', 0);
  for (let i = 0; i < 5; i++) delay.failed('b', 0);
  delay.succeeded('a');
  expect([delay.of('a', 0), delay.of('b', 60_000), delay.of('b', 60_001)]).toEqual([0, 200, 0]);
});

it('keeps the last thousand addresses', () => {
  const delay = new FailureDelay();
  for (let i = 0; i < 5; i++) delay.failed('old', 0);
  for (let i = 0; i < 1_000; i++) delay.failed(String(i), 0);
  expect(delay.of('old', 0)).toBe(0);
});
