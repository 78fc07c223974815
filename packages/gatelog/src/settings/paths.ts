import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the embedded engine keeps its data unless told otherwise (XDG base directories). */
export function dataFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'gatelog');
}

/** Where checkpoints and dead letters are kept unless told otherwise (XDG base directories). */
export function stateFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'gatelog');
}
