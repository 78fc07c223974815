import { setTimeout as sleep } from 'node:timers/promises';
import { isPassing } from '../elastic/failure.ts';
import { gatelogError } from '../errors/gatelog-error.ts';

export interface RetryOptions {
  /** How long to go on without any success, ms; `Infinity` for ever. */
  readonly retryFor: number;
  /** First pause, ms; doubled up to 30 s, each time cut by a random part so that many shippers do not march in step. */
  readonly firstPause: number;
  readonly signal: AbortSignal;
  /** Called before each pause, with why. */
  readonly onRetry: (reason: string, pause: number) => void;
}

const LONGEST_PAUSE = 30_000;

/**
 * Calls `attempt` until it resolves with a value; `undefined` and passing errors of the store mean "not yet". Any other
 * error is thrown on. Throws GATELOG_SHIP_STORE_GAVE_UP when the time is over, the signal's reason when it is aborted.
 */
export async function retry<Result>(
  attempt: () => Promise<Result | { readonly notYet: string; readonly progress: boolean }>,
  options: RetryOptions,
): Promise<Result> {
  let since = Date.now();
  for (let failures = 0; ; failures += 1) {
    const outcome = await attempt().catch(passingReason);
    if (!isNotYet(outcome)) return outcome;
    if (outcome.progress) {
      since = Date.now();
      failures = 0;
    }
    const left = options.retryFor - (Date.now() - since);
    if (left <= 0) {
      const seconds = Math.round((Date.now() - since) / 1_000);
      throw gatelogError('GATELOG_SHIP_STORE_GAVE_UP', { seconds, reason: outcome.notYet });
    }
    const pause = Math.min(pauseAfter(failures, options.firstPause), left);
    options.onRetry(outcome.notYet, pause);
    await sleep(pause, undefined, { signal: options.signal });
  }
}

/** The pause before the next attempt: `first` · 2^failures, at most 30 s, times a random factor from 0.5 to 1. */
export function pauseAfter(failures: number, first: number): number {
  return Math.min(LONGEST_PAUSE, first * 2 ** failures) * (0.5 + Math.random() / 2);
}

interface NotYet {
  readonly notYet: string;
  readonly progress: boolean;
}

function passingReason(error: unknown): NotYet {
  if (isPassing(error)) return { notYet: error.message, progress: false };
  throw error;
}

function isNotYet(outcome: unknown): outcome is NotYet {
  return typeof outcome === 'object' && outcome !== null && 'notYet' in outcome;
}
