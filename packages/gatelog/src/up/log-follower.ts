import { stat } from 'node:fs/promises';
import type { StoreClient } from '../elastic/client.ts';
import type { ShipCounts, ShipOptions } from '../ship/options.ts';
import { ship } from '../ship/ship.ts';

export interface FollowOptions {
  readonly files: readonly string[];
  readonly client: StoreClient;
  readonly index: string;
  readonly state: string;
  /** Called with what each batch added. */
  readonly onProgress: (counts: ShipCounts) => void;
  readonly onNotice: (notice: string) => void;
}

export interface LogFollower {
  /** Ships what is written to the logs, from their beginning, until `drain` is called. Throws what `ship` throws. */
  readonly follow: () => Promise<void>;
  /** Stops following, then stores what was written up to now. Does nothing where nobody followed. */
  readonly drain: () => Promise<void>;
}

const TIME_TO_DRAIN = 5_000;

export function logFollower(options: FollowOptions): LogFollower {
  const { files } = options;
  const stop = new AbortController();
  const shared: ShipOptions = { ...options, schema: 'ecs', format: 'auto' };
  let following: Promise<unknown> | undefined;
  return {
    follow: async () => {
      if (files.length === 0) return;
      following = ship({ ...shared, follow: true, signal: stop.signal });
      await following;
    },
    drain: async () => {
      if (!following) return;
      stop.abort();
      await following;
      const there = await existing(files);
      const signal = AbortSignal.timeout(TIME_TO_DRAIN);
      if (there.length > 0) await ship({ ...shared, files: there, retryFor: TIME_TO_DRAIN, signal });
    },
  };
}

async function existing(files: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    files.map((file) =>
      stat(file).then(
        () => [file],
        () => [],
      ),
    ),
  );
  return found.flat();
}
