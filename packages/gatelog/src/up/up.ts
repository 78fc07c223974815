import { join } from 'node:path';
import type { StoreClient } from '../elastic/client.ts';
import { type DemoServer, startDemo } from '../demo/server.ts';
import { type LocalEngine, startLocalEngine } from '../engine/local-engine.ts';
import type { ShipCounts } from '../ship/options.ts';
import { connectToOwnEngine } from './connect.ts';
import { followLogs } from './follow-logs.ts';

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

/** Everything on one machine, running. */
export interface Up {
  readonly addresses: UpAddresses;
  /** Rejects when a part of it cannot go on. */
  readonly failed: Promise<never>;
  /** Stops the traffic and the demo, stores what they logged, and flushes the engine. */
  readonly stop: () => Promise<void>;
}

/** Starts engine, demo and shipper. What was started is stopped again when a later part cannot start. */
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
  const demo = options.demoPort === undefined ? undefined : await startOwnDemo(options, options.demoPort);
  const logs = demo ? [...options.logs, demo.log] : options.logs;
  const shipping = startShipping(options, client, logs);
  parts.add(shipping.drain);
  if (demo) parts.add(demo.close);
  const traffic = new AbortController();
  const sending = demo && options.simulate ? sendDemoTraffic(demo.url, traffic.signal) : undefined;
  // The demo works without visitors: that they stay away is worth a line, not an end.
  const sent = sending?.catch((error: unknown) => onNotice(`simulated traffic stopped: ${String(error)}`));
  parts.add(async () => {
    traffic.abort();
    await sent;
  });
  const failed = shipping.finished.then(() => new Promise<never>(() => {}));
  failed.catch(() => {});
  return { addresses: addressesOf(engine, demo, logs, index), failed, stop: () => parts.stop() };
}

function startOwnDemo({ data, onNotice }: UpOptions, port: number): Promise<DemoServer> {
  // ECS lines carry the paths that were probed and who probed them; the classic line would leave most of it out.
  return startDemo({
    host: '127.0.0.1',
    port,
    portOption: '--demo-port',
    log: join(data, 'demo', 'access.log'),
    format: 'ecs',
    onError: (error) => onNotice(error.message),
  });
}

function startShipping(
  options: UpOptions,
  client: StoreClient,
  files: readonly string[],
): ReturnType<typeof followLogs> {
  const { data, state = join(data, 'state'), index, onProgress, onNotice } = options;
  return followLogs({ files, client, index, state, onProgress, onNotice });
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
