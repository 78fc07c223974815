import { setTimeout as pause } from 'node:timers/promises';

/**
 * Looks again and again until `look` finds something, and resolves with it. Rejects after `seconds` with what was waited
 * for. Used where there is no event to wait for: another process, a file, a store.
 */
export async function until<Found>(
  what: string,
  look: () => Found | undefined | false | null | Promise<Found | undefined | false | null>,
  seconds = 30,
): Promise<Found> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false && found !== null) return found;
    if (performance.now() > deadline) throw new Error(`${seconds} s passed and there was no ${what}`);
    await pause(10);
  }
}
