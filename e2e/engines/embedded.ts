import { readFileSync } from 'node:fs';
import { Program, start } from '../support/program.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import type { Store } from './store.ts';

/** `gatelog engine`, in a sandbox where the other commands find its password and its authority. */
export interface EmbeddedStore extends Store {
  readonly program: Program;
  readonly box: Sandbox;
}

export interface EmbeddedOptions {
  readonly box?: Sandbox;
  /** To start where it was before. @default any that is free */
  readonly port?: number;
}

export async function startEmbedded({ box = sandbox(), port = 0 }: EmbeddedOptions = {}): Promise<EmbeddedStore> {
  const program = start(['engine', '--port', String(port), '--json'], { environment: box.environment });
  const [json] = await program.printed(/^\{"event":"ready".*\}$/m);
  const { url, ca, credentials } = JSON.parse(json) as { url: string; ca: string; credentials: string };
  const { user, password } = JSON.parse(readFileSync(credentials, 'utf8')) as Pick<Store, 'user' | 'password'>;
  const close = async (): Promise<void> => void (await program.stop());
  return { name: 'the embedded engine', url, user, password, caFile: ca, pid: program.pid, close, program, box };
}

/** What a command needs to know to talk to a store: address and authority, and the password that is never an argument. */
export function connection(store: Store): { flags: readonly string[]; environment: Readonly<Record<string, string>> } {
  return {
    flags: ['--url', store.url, '--user', store.user, '--cacert', store.caFile],
    environment: { ELASTIC_PASSWORD: store.password },
  };
}
