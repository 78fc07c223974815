import type { ProfileName } from '../simulate/profile.ts';
import { simulate } from '../simulate/simulate.ts';

/** A few hundred requests at once, so that there is something to search from the first moment. */
const OPENING: readonly (readonly [ProfileName, requests: number])[] = [
  ['visitor', 120],
  ['seed', 120],
  ['scanner', 60],
];

/** Then a trickle, in turns. */
const TRICKLE: readonly (readonly [ProfileName, requests: number])[] = [
  ['visitor', 20],
  ['scanner', 4],
  ['visitor', 20],
  ['seed', 6],
];

const TRICKLE_RATE = 1;

/** Sends a demo server simulated traffic until the signal is aborted. Throws what `simulate` throws. */
export async function sendDemoTraffic(url: string, signal: AbortSignal): Promise<void> {
  let seed = 1;
  for (const [profile, requests] of OPENING) await simulate({ url, profile, requests, seed: seed++, signal });
  while (!signal.aborted) {
    for (const [profile, requests] of TRICKLE) {
      await simulate({ url, profile, requests, rate: TRICKLE_RATE, seed: seed++, signal });
    }
  }
}
