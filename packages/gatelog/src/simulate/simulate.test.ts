import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ProfileName } from './profile.ts';
import { SEED_MIX } from './seed.ts';
import { sender } from './send.ts';
import { simulate, type SimulateSummary } from './simulate.ts';
import { verifyTarget } from './target.ts';

const never = new AbortController().signal;
let server: Server;
let url: string;
let seen: { method: string; path: string; agent: string; client: string; referrer: string }[];

beforeEach(async () => {
  seen = [];
  server = createServer(({ method = '', url: path = '', headers, socket }, response) => {
    seen.push({
      method,
      path,
      agent: headers['user-agent'] ?? '',
      client: socket.remoteAddress ?? '',
      referrer: headers.referer ?? '',
    });
    response.writeHead(path === '/redirect' ? 302 : 200, { location: 'http://127.0.0.1:1/' }).end('here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

describe('the seed profile', () => {
  test('sends each request of the mix exactly as often as it says', async () => {
    const summary = await run('seed');
    expect(summary).toMatchObject({ requests: 673, failed: 0, statuses: { 200: 673 } });
    expect(tally()).toEqual(new Map(SEED_MIX.map(([method, path, times]) => [`${method} ${path}`, times])));
  });

  test('sends two of each in 1,346 requests', async () => {
    await run('seed', { requests: 1_346 });
    expect(tally().get('PUT /operation')).toBe(98);
  });

  test('sends the same order for the same seed, and another for another', async () => {
    const orders: string[] = [];
    for (const seed of [7, 7, 8]) {
      seen = [];
      await run('seed', { seed, requests: 50 });
      orders.push(seen.map(({ method, path }) => `${method} ${path}`).join());
    }
    expect(orders[0]).toBe(orders[1]);
    expect(orders[0]).not.toBe(orders[2]);
  });
});

test('visitors have several browsers, move between pages with a referrer and load what belongs to them', async () => {
  await run('visitor', { requests: 200 });
  expect(new Set(seen.map(({ agent }) => agent)).size).toBeGreaterThan(3);
  expect(seen.some(({ path, referrer }) => path === '/operation' && referrer === `${url}/`)).toBe(true);
  expect(seen.some(({ path }) => path === '/favicon.ico')).toBe(true);
  expect(seen.every(({ agent }) => agent.startsWith('Mozilla/5.0 ('))).toBe(true);
});

test('scanners send their paths as they stand, odd methods too', async () => {
  await run('scanner', { requests: 200 });
  const paths = seen.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining(['/.env', '/../../../../etc/passwd', '/%2e%2e/%2e%2e/%2e%2e/etc/passwd']),
  );
  expect(new Set(seen.map(({ method }) => method))).toEqual(
    new Set(['GET', 'OPTIONS', 'TRACE', 'PROPFIND', 'DELETE', 'PATCH', 'MKCOL', 'SEARCH']),
  );
});

test.skipIf(process.platform !== 'linux')('several clients show up, all of them loopback addresses', async () => {
  await run('visitor', { requests: 100 });
  expect(new Set(seen.map(({ client }) => client)).size).toBeGreaterThan(3);
  expect(seen.every(({ client }) => client.startsWith('127.'))).toBe(true);
});

test('a rate spaces requests out', async () => {
  const { seconds } = await run('seed', { requests: 6, rate: 50 });
  expect(seconds).toBeGreaterThanOrEqual(0.098);
});

test('being asked to stop ends it after the request under way', async () => {
  const stop = new AbortController();
  const summary = await run('seed', { signal: stop.signal, onProgress: (sent) => sent === 5 && stop.abort() });
  expect(summary.requests).toBe(5);
});

test('a target where nothing listens is a clear error', async () => {
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
  await new Promise((resolve) => gone.close(resolve));
  await expect(run('seed', { url: address })).rejects.toMatchObject({ code: 'GATELOG_SIMULATE_NO_ANSWER' });
});

describe('targets', () => {
  test.each([
    'http://192.0.2.1/',
    'http://0.0.0.0:5000/',
    'http://[2001:db8::1]/',
    'http://[::]/',
    'http://128.0.0.1/',
    'http://[::ffff:192.0.2.1]/',
    'http://127.0.0.1@192.0.2.1/',
    'http://user:secret@127.0.0.1/',
    'http://3221225985/',
    'http://0xc0.0.2.1/',
    'http://does-not-exist.invalid/',
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    'localhost',
    '',
  ])('%s is refused, with exit code 2', async (target) => {
    await expect(verifyTarget(target)).rejects.toMatchObject({
      code: 'GATELOG_SIMULATE_TARGET_REFUSED',
      exitCode: 2,
    });
    await expect(run('seed', { url: target })).rejects.toMatchObject({ code: 'GATELOG_SIMULATE_TARGET_REFUSED' });
  });

  test.each([
    'http://127.0.0.1:5000',
    'http://127.9.9.9/',
    'http://[::1]:80/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://localhost/',
  ])('%s is on this machine', async (target) => {
    const { addresses } = await verifyTarget(target);
    expect(addresses.every(({ address }) => address === '::1' || address.startsWith('127.'))).toBe(true);
  });

  test('a name leads to the addresses that were verified for it, and nowhere else', async () => {
    const { port } = server.address() as AddressInfo;
    const addresses = [{ address: '127.0.0.1', family: 4 }];
    const client = sender({ url: new URL(`http://does-not-exist.invalid:${port}`), addresses });
    expect(await client.send({ method: 'GET', path: '/', headers: {} }, never)).toBe(200);
    client.close();
  });

  test('a redirect is counted and not followed', async () => {
    const client = sender(await verifyTarget(url));
    expect(await client.send({ method: 'GET', path: '/redirect', headers: {} }, never)).toBe(302);
    client.close();
    expect(seen).toHaveLength(1);
  });
});

function run(profile: ProfileName, options: Partial<Parameters<typeof simulate>[0]> = {}): Promise<SimulateSummary> {
  return simulate({ url, profile, seed: 1, signal: never, ...options });
}

function tally(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { method, path } of seen) counts.set(`${method} ${path}`, (counts.get(`${method} ${path}`) ?? 0) + 1);
  return counts;
}
