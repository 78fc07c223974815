import { existsSync } from 'node:fs';
import { GatelogError, gatelogError, reasonOf } from '../errors/gatelog-error.ts';
import { credentialsFile, writeCredentials } from './credentials-file.ts';
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
}

/** An embedded engine that listens. */
export interface LocalEngine {
  readonly url: string;
  readonly port: number;
  /** PEM of the authority that signed its certificate; absent with `insecure`. */
  readonly caFile?: string;
  /** Where the password is kept; absent when its owner has removed the file. */
  readonly credentials?: string;
  /** The password, when this was the first start. */
  readonly firstPassword?: string;
  /** Flushes what is in memory and releases port and data folder. */
  readonly close: () => Promise<void>;
}

/**
 * Starts the embedded engine and, on its first start, leaves its password in the credentials file.
 * Throws GATELOG_LISTEN_PORT_IN_USE, GATELOG_LISTEN_FAILED, GATELOG_ENGINE_START_FAILED.
 */
export async function startLocalEngine(options: LocalEngineOptions): Promise<LocalEngine> {
  const { data, host, port, insecure, password } = options;
  // The engine is large: only what starts it loads it.
  const { startEngine } = await import('@gatelog/engine');
  try {
    const running = await startEngine({ data, host, port, insecure, ...(password ? { password } : {}) });
    if (running.password !== undefined) await writeCredentials(data, running.password);
    const credentials = credentialsFile(data);
    return {
      url: running.url,
      port: running.port,
      ...(running.caFile === undefined ? {} : { caFile: running.caFile }),
      ...(existsSync(credentials) ? { credentials } : {}),
      ...(running.password === undefined ? {} : { firstPassword: running.password }),
      close: () => running.close(),
    };
  } catch (error) {
    if (error instanceof GatelogError) throw error;
    throw (
      listenError(error, { host, port, option: '--port' }) ??
      gatelogError('GATELOG_ENGINE_START_FAILED', { data, reason: reasonOf(error) }, error)
    );
  }
}
