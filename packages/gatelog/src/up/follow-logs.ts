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

/** Logs that are being followed. */
export interface FollowedLogs {
  /** Rejects when shipping cannot go on; resolves when it was stopped. */
  readonly finished: Promise<void>;
  /** Stops following, then stores what was written up to now. */
  readonly drain: () => Promise<void>;
}

const TIME_TO_DRAIN = 5_000;

/** Follows logs and ships their lines. `finished` has a handler already: nobody is forced to look at it. */
export function followLogs(options: FollowOptions): FollowedLogs {
  const { files } = options;
  const stop = new AbortController();
  const shared: ShipOptions = { ...options, schema: 'ecs', format: 'auto' };
  const follow = async (): Promise<void> => {
    if (files.length > 0) await ship({ ...shared, follow: true, signal: stop.signal });
  };
  const following = follow();
  following.catch(() => {});
  return {
    finished: following,
    drain: async () => {
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
