import { join } from 'node:path';
import type { StoreClient } from '../elastic/client.ts';
import { type DemoServer, startDemo } from '../demo/server.ts';
import { type LocalEngine, startLocalEngine } from '../engine/local-engine.ts';
import { reasonOf } from '../errors/gatelog-error.ts';
import type { ShipCounts } from '../ship/options.ts';
import { connectToOwnEngine } from './connect.ts';
import { type LogFollower, logFollower } from './log-follower.ts';

import type { UpAddresses } from './screen.ts';
import { sendDemoTraffic } from './traffic.ts';

export interface UpOptions {
  /** Folder of the embedded engine; the demo's log is in it too. */
  readonly data: string;
  /** Folder of checkpoint and dead letters. @default `state` in the data folder */
  readonly state?: string | undefined;
  readonly port: number;
  /** Bytes for what the engine reads from disk. */
  readonly memory: number;
  /** Password to begin with; the one to use where the credentials file is gone. */
  readonly password?: string | undefined;
  /** Absolute paths of the logs to follow. */
  readonly logs: readonly string[];
  readonly index: string;
  /** Port of the demo server; without one there is no demo. */
  readonly demoPort?: number | undefined;
  /** Send the demo server simulated traffic. */
  readonly simulate: boolean;
  readonly onProgress: (counts: ShipCounts) => void;
  readonly onNotice: (notice: string) => void;
}

/** Everything on one machine: what listens does, what works has not begun. */
export interface Up {
  readonly addresses: UpAddresses;
  /**
   * Begins to ship and to send traffic; that is work, and where everything is should be on the screen before.
   * Never resolves; rejects when a part cannot go on.
   */
  readonly begin: () => Promise<never>;
  /** Stops the traffic and the demo, stores what they logged, and flushes the engine. */
  readonly stop: () => Promise<void>;
}

/** Starts engine and demo. What was started is stopped again when a later part cannot start. */
export async function startUp(options: UpOptions): Promise<Up> {
  const parts = new Parts();
  try {
    return await startParts(options, parts);
  } catch (error) {
    await parts.stop().catch(() => {});
    throw error;
  }
}

async function startParts(options: UpOptions, parts: Parts): Promise<Up> {
  const { data, port, password, memory, index, onNotice } = options;
  const place = { data, host: '127.0.0.1', port, insecure: false };
  const engine = await startLocalEngine({ ...place, password, memory, onNotice });
  parts.add(engine.close);
  const client = await connectToOwnEngine(engine, data, password);
  parts.add(async () => client.close());
  const demoLog = join(data, 'demo', 'access.log');
  const logs = options.demoPort === undefined ? options.logs : [...options.logs, demoLog];
  const shipping = prepareShipping(options, client, logs);
  parts.add(shipping.drain);
  const demo = options.demoPort === undefined ? undefined : await startOwnDemo(demoLog, options.demoPort, onNotice);
  if (demo) parts.add(demo.close);
  return {
    addresses: addressesOf(engine, demo, logs, index),
    begin: async () => {
      if (demo && options.simulate) parts.add(startTraffic(demo.url, onNotice));
      await shipping.follow();
      return new Promise<never>(() => {});
    },
    stop: () => parts.stop(),
  };
}

/** Returns what ends the traffic. */
function startTraffic(url: string, onNotice: (notice: string) => void): () => Promise<void> {
  const end = new AbortController();
  // The demo works without visitors: that they stay away is worth a line, not an end.
  const sent = sendDemoTraffic(url, end.signal).catch((error: unknown) =>
    onNotice(`simulated traffic stopped: ${reasonOf(error)}`),
  );
  return async () => {
    end.abort();
    await sent;
  };
}

function startOwnDemo(log: string, port: number, onNotice: (notice: string) => void): Promise<DemoServer> {
  // ECS lines carry the paths that were probed and who probed them; the classic line would leave most of it out.
  return startDemo({
    host: '127.0.0.1',
    port,
    portOption: '--demo-port',
    log,
    format: 'ecs',
    onError: (error) => onNotice(error.message),
  });
}

function prepareShipping(options: UpOptions, client: StoreClient, files: readonly string[]): LogFollower {
  const { data, state = join(data, 'state'), index, onProgress, onNotice } = options;
  return logFollower({ files, client, index, state, onProgress, onNotice });
}

function addressesOf(
  { url, credentials, caFile }: LocalEngine,
  demo: DemoServer | undefined,
  logs: readonly string[],
  index: string,
): UpAddresses {
  return {
    store: {
      url,
      user: 'elastic',
      ...(credentials === undefined ? {} : { credentials }),
      ...(caFile === undefined ? {} : { ca: caFile }),
    },
    ...(demo ? { demo: { url: demo.url, log: demo.log } } : {}),
    logs,
    index,
  };
}

/** What was started, stopped in the reverse order; one that fails to stop does not keep the others up. */
class Parts {
  readonly #stops: (() => Promise<void>)[] = [];

  add(stop: () => Promise<void>): void {
    this.#stops.push(stop);
  }

  async stop(): Promise<void> {
    const failures: unknown[] = [];
    for (let stop = this.#stops.pop(); stop; stop = this.#stops.pop()) {
      await stop().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }
}
