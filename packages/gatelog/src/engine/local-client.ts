import { readFile } from 'node:fs/promises';
import { storeClient, type StoreClient } from '../elastic/client.ts';
import { GatelogError } from '../errors/gatelog-error.ts';

/** Where an engine of this machine listens. */
export interface LocalAddress {
  readonly url: string;
  /** PEM of its authority; absent with plain HTTP. */
  readonly caFile?: string | undefined;
}

/** The client for an engine of this machine, as `elastic`. Nothing is sent yet. */
export async function localClient({ url, caFile }: LocalAddress, password: string): Promise<StoreClient> {
  const header = `Basic ${Buffer.from(`elastic:${password}`).toString('base64')}`;
  return storeClient({
    url: new URL(url),
    credential: { who: 'user "elastic"', header },
    ...(caFile === undefined ? {} : { certificateAuthority: await readFile(caFile, 'utf8') }),
  });
}

/** Whether the engine lets this client in. Throws GATELOG_STORE_… when it cannot say. */
export async function isLetIn(client: StoreClient): Promise<boolean> {
  try {
    await client.request({ method: 'GET', path: '/' });
    return true;
  } catch (error) {
    if (error instanceof GatelogError && error.code === 'GATELOG_STORE_UNAUTHENTICATED') return false;
    throw error;
  }
}
