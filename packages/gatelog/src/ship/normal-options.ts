import { resolve } from 'node:path';
import { stateFolder } from '../settings/paths.ts';
import type { ShipOptions } from './options.ts';

/** `ShipOptions` with every default filled in and every path absolute. */
export type NormalShipOptions = { readonly [Name in keyof ShipOptions]-?: NonNullable<ShipOptions[Name]> };

/** The one place where defaults are decided. */
export function normaliseOptions(options: ShipOptions): NormalShipOptions {
  const follow = options.follow ?? false;
  return {
    files: [...new Set(options.files.map((file) => resolve(file)))],
    client: options.client,
    index: options.index ?? 'gatelog-access',
    schema: options.schema ?? 'ecs',
    format: options.format ?? 'auto',
    follow,
    state: resolve(options.state ?? stateFolder()),
    retryFor: options.retryFor ?? (follow ? Number.POSITIVE_INFINITY : 30_000),
    firstPause: options.firstPause ?? 500,
    batchBytes: options.batchBytes ?? 262_144,
    longestLine: options.longestLine ?? 1_048_576,
    signal: options.signal ?? new AbortController().signal,
    onProgress: options.onProgress ?? (() => undefined),
    onNotice: options.onNotice ?? (() => undefined),
  };
}
