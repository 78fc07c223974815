import type { SimulatedRequest } from './profile.ts';
import { shuffle, type Random } from './random.ts';

/** How often each request is sent in one round of the two-page server's traffic. */
export const SEED_MIX: readonly (readonly [method: string, path: string, times: number])[] = [
  ['GET', '/', 260],
  ['POST', '/', 78],
  ['PUT', '/', 71],
  ['GET', '/operation', 166],
  ['POST', '/operation', 49],
  ['PUT', '/operation', 49],
];

/** Requests of one round: 673. */
export const SEED_TOTAL: number = SEED_MIX.reduce((sum, [, , times]) => sum + times, 0);

const HEADERS = { 'user-agent': 'curl/8.5.0', accept: '*/*' };

/** Rounds of the mix, each complete and each shuffled anew. */
export function* seedRequests(random: Random): Generator<SimulatedRequest, never> {
  const round = SEED_MIX.flatMap(([method, path, times]) =>
    Array.from({ length: times }, () => ({ method, path, headers: HEADERS })),
  );
  for (;;) yield* shuffle(round, random);
}
