import http from 'node:http';
import https from 'node:https';
import type { StoreClient } from '../elastic/client.ts';
import { knownError } from '../errors/print.ts';
import { type Finding, fail, ok, warn } from './check.ts';

/** Whether the store can be reached and lets us in. `connect` makes the client from the settings. */
export async function checkStore(connect: () => Promise<StoreClient>): Promise<readonly Finding[]> {
  let client: StoreClient | undefined;
  try {
    client = await connect();
    const { body } = await client.request({ method: 'GET', path: '/', timeout: 5_000 });
    return ok('store', `${client.url} answers as ${describeStore(body)}`);
  } catch (error) {
    const { message, advice } = knownError(error);
    return fail('store', message, advice);
  } finally {
    client?.close();
  }
}

/** Whether this machine's clock and the store's agree: `--since 5m` finds nothing when they do not. */
export async function checkClock(url: URL, now: () => number = Date.now): Promise<readonly Finding[]> {
  const theirs = await serverTime(url);
  if (theirs === undefined) return warn('clock', 'the store does not tell its time', 'Start the store and look again.');
  // The header has whole seconds, and the answer took a moment.
  const apart = Math.round(Math.abs(now() - theirs - 500) / 1_000);
  if (apart <= 5) return ok('clock', 'agrees with the clock of the store');
  const found = `${apart} s away from the clock of the store`;
  const advice = 'Synchronise both clocks (for example with "timedatectl set-ntp true").';
  return apart > 60 ? fail('clock', found, advice) : warn('clock', found, advice);
}

// The certificate is not looked at: nothing is sent but a question for the time, and the answer decides nothing.
function serverTime(url: URL): Promise<number | undefined> {
  return new Promise((resolve) => {
    const options = { method: 'HEAD', timeout: 5_000, agent: false, rejectUnauthorized: false };
    const request = (url.protocol === 'http:' ? http : https).request(url, options, (response) => {
      response.resume();
      const time = Date.parse(response.headers.date ?? '');
      resolve(Number.isNaN(time) ? undefined : time);
    });
    request.once('timeout', () => request.destroy()).once('error', () => resolve(undefined));
    request.once('close', () => resolve(undefined)).end();
  });
}

function describeStore(body: unknown): string {
  const version = memberOf(body, 'version');
  const distribution = memberOf(version, 'distribution');
  const number = memberOf(version, 'number');
  const product = typeof distribution === 'string' ? distribution : 'Elasticsearch';
  return typeof number === 'string' ? `${product} ${number}` : 'an unknown store';
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
