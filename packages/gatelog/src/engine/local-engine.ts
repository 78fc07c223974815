import { existsSync } from 'node:fs';
import type { RunningEngine } from '@gatelog/engine';
import { type GatelogError, gatelogError, reasonOf, systemCode } from '../errors/gatelog-error.ts';
import { credentialsFile, writeCredentials } from './credentials-file.ts';
import { isLetIn, localClient } from './local-client.ts';
import { listenError } from './listen-error.ts';

export interface LocalEngineOptions {
  readonly data: string;
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Plain HTTP. The password is asked for all the same. */
  readonly insecure: boolean;
  /** The password to begin with, instead of one that is made up. Ignored when there is data already. */
  readonly password?: string | undefined;
  /** Bytes for what is read from disk. @default the engine's own */
  readonly memory?: number | undefined;
  /** Told what a person should know: an index that is damaged, an internal error. One line of text. */
  readonly onNotice: (notice: string) => void;
}

/** An embedded engine that listens. */
export interface LocalEngine {
  readonly url: string;
  readonly port: number;
  /** PEM of the authority that signed its certificate; absent with `insecure`. */
  readonly caFile?: string;
  /** Where the password is kept; absent when its owner has removed the file. */
  readonly credentials?: string;
  /** The password, when this start made it. */
  readonly firstPassword?: string;
  /** Flushes what is in memory and releases port and data folder. */
  readonly close: () => Promise<void>;
}

/**
 * Starts the embedded engine and, on its first start, leaves its password in the credentials file.
 * Throws GATELOG_LISTEN_PORT_IN_USE, GATELOG_LISTEN_FAILED, GATELOG_ENGINE_PASSWORD_INVALID, GATELOG_ENGINE_START_FAILED.
 */
export async function startLocalEngine(options: LocalEngineOptions): Promise<LocalEngine> {
  const { password, memory, onNotice, ...place } = options;
  // The engine is large: only what starts it loads it.
  const { startEngine } = await import('@gatelog/engine');
  try {
    const running = await startEngine({
      ...place,
      logger: (_level, message, error) => onNotice(error === undefined ? message : `${message}: ${reasonOf(error)}`),
      ...(password ? { password } : {}),
      ...(memory === undefined ? {} : { memory }),
    });
    return await describeEngine(running, options).catch(async (error: unknown) => {
      await running.close();
      throw error;
    });
  } catch (error) {
    throw startError(error, options);
  }
}

async function describeEngine(
  running: RunningEngine,
  { data, password: given }: LocalEngineOptions,
): Promise<LocalEngine> {
  const { url, port, caFile } = running;
  const password = running.password ?? (await acceptedPassword(running, data, given));
  if (password !== undefined) await writeCredentials(data, password);
  const credentials = credentialsFile(data);
  return {
    url,
    port,
    ...(caFile === undefined ? {} : { caFile }),
    ...(existsSync(credentials) ? { credentials } : {}),
    ...(running.password === undefined ? {} : { firstPassword: running.password }),
    close: () => running.close(),
  };
}

// The engine tells only a password it has made. Of one that was given we ask whether it is the engine's; a file that is
// there already is right, or somebody's to correct.
async function acceptedPassword(
  running: RunningEngine,
  data: string,
  given: string | undefined,
): Promise<string | undefined> {
  if (!given || existsSync(credentialsFile(data))) return undefined;
  const client = await localClient(running, given);
  try {
    return (await isLetIn(client)) ? given : undefined;
  } finally {
    client.close();
  }
}

function startError(error: unknown, { data, host, port }: LocalEngineOptions): GatelogError {
  const reason = reasonOf(error);
  if (systemCode(error) === 'ENGINE_PASSWORD_INVALID') {
    return gatelogError('GATELOG_ENGINE_PASSWORD_INVALID', { reason }, error);
  }
  return (
    listenError(error, { host, port, option: '--port' }) ??
    gatelogError('GATELOG_ENGINE_START_FAILED', { data, reason }, error)
  );
}
