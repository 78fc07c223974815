import type { StoreClient } from '../elastic/client.ts';
import { reasonOfRejection } from '../elastic/rejection.ts';
import { accessMapping } from './mapping.ts';
import type { Schema } from './options.ts';

/**
 * Makes sure that an index is there with the mapping for access events, unless it exists in whatever form.
 * The classic schema is left to dynamic mapping. Resolves with whether the index existed before.
 * Throws GATELOG_STORE_….
 */
export async function ensureIndex(client: StoreClient, index: string, schema: Schema = 'ecs'): Promise<boolean> {
  const path = `/${encodeURIComponent(index)}`;
  // Who may only write cannot ask (403); then the index is somebody else's to care for.
  const { status } = await client.request({ method: 'HEAD', path, accept: [403, 404] });
  if (status !== 404) return true;
  if (schema === 'ecs') await createIndex(client, path);
  return false;
}

// match_only_text takes half the disk of text, but not every distribution has it (Elasticsearch without its modules).
async function createIndex(client: StoreClient, path: string): Promise<void> {
  for (const messageType of ['match_only_text', 'text'] as const) {
    const json = { mappings: accessMapping(messageType) };
    const answer = await client.request({ method: 'PUT', path, json, accept: [400] });
    const reason = reasonOfRejection(answer);
    if (answer.status < 400 || reason.startsWith('resource_already_exists_exception')) return;
    if (!reason.includes('match_only_text') || messageType === 'text') {
      await client.request({ method: 'PUT', path, json });
      return;
    }
  }
}
