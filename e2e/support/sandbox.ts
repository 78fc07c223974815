import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atTheEnd } from './clean-up.ts';

/** A folder of its own for one user of gatelog, with nothing of the machine's user in it. */
export interface Sandbox {
  readonly folder: string;
  /** For programs: home, data and state are in the folder; no credential, no proxy, no colour. */
  readonly environment: Readonly<Record<string, string>>;
  readonly path: (...names: string[]) => string;
}

/** Makes one; it is removed at the end of the test file. */
export function sandbox(): Sandbox {
  const folder = mkdtempSync(join(tmpdir(), 'gatelog-e2e-'));
  atTheEnd(() => rmSync(folder, { recursive: true, force: true }));
  // Tests may run a program as another user in it.
  chmodSync(folder, 0o755);
  const path = (...names: string[]): string => join(folder, ...names);
  return {
    folder,
    path,
    environment: {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      HOME: folder,
      XDG_DATA_HOME: path('data'),
      XDG_STATE_HOME: path('state'),
      NO_COLOR: '1',
      TZ: 'UTC',
    },
  };
}
