import { readFile } from 'node:fs/promises';
import { storeClient, type StoreClient } from '../elastic/client.ts';
import { credentialsFile } from '../engine/credentials-file.ts';
import type { LocalEngine } from '../engine/local-engine.ts';
import { GatelogError, gatelogError, reasonOf } from '../errors/gatelog-error.ts';

/**
 * The client for the engine of this process, which proves that it is let in. The engine's own credentials file goes
 * before the environment: a password there may be for another store.
 * Throws GATELOG_ENGINE_CREDENTIALS_UNUSABLE.
 */
export async function connectToLocalEngine(
  engine: LocalEngine,
  data: string,
  environmentPassword: string | undefined,
): Promise<StoreClient> {
  const password = engine.firstPassword ?? (await keptPassword(data)) ?? environmentPassword ?? '';
  const client = storeClient({
    url: new URL(engine.url),
    credential: {
      who: 'user "elastic"',
      header: `Basic ${Buffer.from(`elastic:${password}`).toString('base64')}`,
    },
    ...(engine.caFile === undefined ? {} : { certificateAuthority: await readFile(engine.caFile, 'utf8') }),
  });
  try {
    await client.request({ method: 'GET', path: '/' });
    return client;
  } catch (error) {
    client.close();
    if (!(error instanceof GatelogError) || error.code !== 'GATELOG_STORE_UNAUTHENTICATED') throw error;
    const file = credentialsFile(data);
    throw gatelogError('GATELOG_ENGINE_CREDENTIALS_UNUSABLE', { file, reason: reasonOf(error) }, error);
  }
}

async function keptPassword(data: string): Promise<string | undefined> {
  try {
    const content: unknown = JSON.parse(await readFile(credentialsFile(data), 'utf8'));
    if (typeof content !== 'object' || content === null || !('password' in content)) return undefined;
    return typeof content.password === 'string' ? content.password : undefined;
  } catch {
    return undefined;
  }
}
