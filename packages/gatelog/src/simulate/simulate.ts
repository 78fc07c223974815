import { setTimeout as wait } from 'node:timers/promises';
import { gatelogError, systemCode } from '../errors/gatelog-error.ts';
import { PROFILES, type ProfileName, type SimulatedRequest } from './profile.ts';
import { seededRandom } from './random.ts';
import { sender, type Sender } from './send.ts';
import { verifyTarget } from './target.ts';

export interface SimulateOptions {
  /** Address of a server on this machine. */
  readonly url: string;
  readonly profile: ProfileName;
  /** @default the profile's own number */
  readonly requests?: number | undefined;
  /** Requests a second. @default as fast as the server answers, one at a time */
  readonly rate?: number | undefined;
  /** The same seed sends the same requests in the same order. */
  readonly seed: number;
  /** Stops after the request that is under way. */
  readonly signal: AbortSignal;
  /** Called after every request with the number sent so far and the number to send. */
  readonly onProgress?: (sent: number, total: number) => void;
}

export interface SimulateSummary {
  readonly profile: ProfileName;
  /** Requests sent, answered or not. */
  readonly requests: number;
  /** Requests whose connection broke before an answer. */
  readonly failed: number;
  /** How many answers had each status. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly seconds: number;
}

/**
 * Sends simulated traffic, one request after the other so that a seed always leaves the same log.
 * Throws GATELOG_SIMULATE_TARGET_REFUSED before anything is sent, GATELOG_SIMULATE_NO_ANSWER when nothing listens.
 */
export async function simulate(options: SimulateOptions): Promise<SimulateSummary> {
  const client = sender(await verifyTarget(options.url));
  const started = performance.now();
  const statuses = new Map<string, number>();
  let sent = 0;
  try {
    for await (const request of paced(options)) {
      const status = await sendOne(client, request, options);
      if (status === undefined) break;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      sent++;
      options.onProgress?.(sent, totalOf(options));
    }
  } finally {
    client.close();
  }
  const failed = statuses.get('failed') ?? 0;
  statuses.delete('failed');
  const seconds = Math.round(performance.now() - started) / 1_000;
  return { profile: options.profile, requests: sent, failed, statuses: Object.fromEntries(statuses), seconds };
}

/** How many requests a run sends. */
function totalOf({ requests, profile }: SimulateOptions): number {
  return requests ?? PROFILES[profile].requests;
}

// Requests are due at start + n / rate, so that slow answers do not lower the rate. A visitor thinks between pages: the
// gaps vary (exponentially, as independent arrivals do) and keep the same mean.
async function* paced(options: SimulateOptions): AsyncGenerator<SimulatedRequest> {
  const { profile, rate, signal } = options;
  const random = seededRandom(options.seed);
  const thinking = seededRandom(options.seed + 1);
  const requests = PROFILES[profile].generate(random);
  let due = performance.now();
  for (let count = totalOf(options); count > 0 && !signal.aborted; count--) {
    if (rate !== undefined) await wait(Math.max(0, due - performance.now()), undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    yield requests.next().value;
    if (rate !== undefined) due += (1_000 / rate) * (profile === 'visitor' ? -Math.log(1 - thinking()) : 1);
  }
}

async function sendOne(
  client: Sender,
  request: SimulatedRequest,
  { url, signal }: SimulateOptions,
): Promise<string | undefined> {
  try {
    return String(await client.send(request, signal));
  } catch (error) {
    if (signal.aborted) return undefined;
    if (systemCode(error) !== 'ECONNREFUSED') return 'failed';
    throw gatelogError('GATELOG_SIMULATE_NO_ANSWER', { url, reason: 'the connection was refused' }, error);
  }
}
