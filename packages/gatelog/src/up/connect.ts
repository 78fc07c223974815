import { readFile } from 'node:fs/promises';
import type { StoreClient } from '../elastic/client.ts';
import { credentialsFile } from '../engine/credentials-file.ts';
import { isLetIn, localClient } from '../engine/local-client.ts';
import type { LocalEngine } from '../engine/local-engine.ts';
import { gatelogError } from '../errors/gatelog-error.ts';

/**
 * The client for the engine of this process, which proves that it is let in. The engine's own credentials file goes
 * before the environment: a password there may be for another store.
 * Throws GATELOG_ENGINE_CREDENTIALS_UNUSABLE.
 */
export async function connectToOwnEngine(
  engine: LocalEngine,
  data: string,
  environmentPassword: string | undefined,
): Promise<StoreClient> {
  const password = engine.firstPassword ?? (await keptPassword(data)) ?? environmentPassword ?? '';
  const client = await localClient(engine, password);
  const letIn = await isLetIn(client).catch((error: unknown) => {
    client.close();
    throw error;
  });
  if (letIn) return client;
  client.close();
  throw gatelogError('GATELOG_ENGINE_CREDENTIALS_UNUSABLE', { file: credentialsFile(data) });
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
