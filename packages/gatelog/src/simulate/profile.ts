import type { Random } from './random.ts';
import { scannerRequests } from './scanner.ts';
import { seedRequests, SEED_TOTAL } from './seed.ts';
import { visitorRequests } from './visitor.ts';

/** One request to send, as it goes over the wire: the path is not normalised, odd methods and encodings stay odd. */
export interface SimulatedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Loopback address to connect from, so that several clients show up in the log. Only Linux offers more than one. */
  readonly client?: string;
}

export interface Profile {
  /** How many requests when nobody says. */
  readonly requests: number;
  /** Endless: whoever takes from it stops when there were enough. */
  readonly generate: (random: Random) => Generator<SimulatedRequest, never>;
}

export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  seed: { requests: SEED_TOTAL, generate: seedRequests },
  visitor: { requests: 100, generate: visitorRequests },
  scanner: { requests: 200, generate: scannerRequests },
};

export type ProfileName = 'seed' | 'visitor' | 'scanner';
