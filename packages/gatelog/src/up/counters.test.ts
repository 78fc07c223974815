import { Writable } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import { liveCounters } from './counters.ts';

const batch = { lines: 10, created: 8, alreadyThere: 1, deadLetters: 1, bytes: 1_000 };
afterEach(() => void vi.useRealTimers());

test('counts stand on one line that is written over, and are gone at the end', () => {
  vi.useFakeTimers();
  const { stderr, written } = terminal(true);
  const counters = liveCounters({ stderr });
  counters.add(batch);
  vi.advanceTimersByTime(500);
  expect(written()).toBe('\r\u001b[K9 requests stored  20/s  1 not readable  1 s up');
  counters.add(batch);
  counters.notice('the format is \u001b[31mecs');
  vi.advanceTimersByTime(500);
  counters.stop();
  expect(written()).not.toContain('\u001b[31m');
  expect(written()).toContain('18 requests stored');
  expect(written().endsWith('\r\u001b[K')).toBe(true);
  expect(written().match(/\n/g)).toHaveLength(1);
});

test('where there is no terminal only notices are written, as plain lines', () => {
  vi.useFakeTimers();
  const { stderr, written } = terminal(false);
  const counters = liveCounters({ stderr });
  counters.add(batch);
  vi.advanceTimersByTime(5_000);
  counters.notice('waiting for the store');
  counters.stop();
  expect(written()).toBe('waiting for the store\n');
});

function terminal(isTTY: boolean): { stderr: Writable & { isTTY: boolean }; written: () => string } {
  let text = '';
  const stderr = new Writable({
    write: (chunk: Buffer, _, done) => {
      text += chunk.toString();
      done();
    },
  });
  return { stderr: Object.assign(stderr, { isTTY }), written: () => text };
}
