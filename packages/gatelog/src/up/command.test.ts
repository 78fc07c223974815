import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { UP } from '../commands/up.ts';
import { storeClient, type StoreClient } from '../elastic/client.ts';
import { storeConnection } from '../elastic/connection.ts';
import { STORE_OPTIONS } from '../elastic/options.ts';
import { resolveSettings } from '../settings/resolve.ts';
import type { Settings } from '../settings/settings.ts';
import type { Value } from '../settings/values.ts';
import { runUp } from './command.ts';
import type { UpAddresses } from './screen.ts';

const home = mkdtempSync(join(tmpdir(), 'gatelog-up-'));
const environment = { XDG_DATA_HOME: home, XDG_STATE_HOME: home };
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('gatelog up --demo', () => {
  let up: Running;
  beforeAll(async () => {
    up = await run({ demo: true, 'no-simulate': true });
  });

  test('keeps its password where only its owner can read it', () => {
    const { credentials = '' } = up.ready.store;
    expect(statSync(credentials).mode & 0o777).toBe(0o600);
  });

  test('lets local commands find a request within two seconds, without being told anything', async () => {
    const client = await connect(up.ready.store.url);
    await fetch(`${up.ready.demo?.url}/.env`);
    await vi.waitFor(async () => expect(await paths(client)).toEqual(['/.env']), { timeout: 2_000, interval: 50 });
    client.close();
  });

  test('ends with 0, and knows the next time what it stored, each request once', async () => {
    await fetch(`${up.ready.demo?.url}/wp-login.php`);
    expect(await up.stop()).toBe(0);
    up = await run({ demo: true, 'no-simulate': true });
    const client = await connect(up.ready.store.url);
    await vi.waitFor(async () => expect(await paths(client)).toEqual(['/.env', '/wp-login.php']), { timeout: 5_000 });
    client.close();
    expect(await up.stop()).toBe(0);
  });
});

interface Running {
  readonly ready: UpAddresses;
  /** As SIGTERM does; resolves with the exit code. */
  readonly stop: () => Promise<number>;
}

async function run(given: Record<string, Value>): Promise<Running> {
  const stop = new AbortController();
  let print: (line: string) => void;
  const printed = new Promise<string>((resolve) => (print = resolve));
  const stdout = new Writable({
    write: (chunk: Buffer, _, done) => {
      const line = chunk.toString();
      if (line.includes('"event":"ready"')) print(line);
      done();
    },
  });
  const stderr = new Writable({ write: (_chunk, _encoding, done) => done() });
  const settings = settle(UP.options, { ...given, json: true, port: 0, 'demo-port': 0 });
  const ended = runUp({ positionals: [], settings, signal: stop.signal, environment, stdout, stderr });
  const line = await Promise.race([printed, ended.then(() => Promise.reject(new Error('it ended')))]);
  const ready = JSON.parse(line) as UpAddresses;
  return {
    ready,
    stop: async () => {
      stop.abort();
      return (await ended) ?? 0;
    },
  };
}

/** As `gatelog search` does: authority and password are found by themselves. */
async function connect(url: string): Promise<StoreClient> {
  return storeClient(await storeConnection(settle(STORE_OPTIONS, { url }), environment));
}

async function paths(client: StoreClient): Promise<readonly string[]> {
  const { body } = await client.request({ method: 'POST', path: '/gatelog-access/_search', json: {}, accept: [404] });
  const { hits = { hits: [] } } = body as { hits?: { hits: { _source: { url: { path: string } } }[] } };
  return hits.hits.map(({ _source }) => _source.url.path).toSorted();
}

function settle(options: typeof UP.options, given: Record<string, Value>): Settings {
  const flags = new Map(Object.entries(given));
  return resolveSettings({ options, flags, environment, file: undefined, command: 'up' });
}
