import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { storeClient, type StoreClient } from '../elastic/client.ts';

/** What the next bulk request meets: nothing special, or a fault. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number }
  /** Status for each item, by a rule over its document. */
  | { readonly kind: 'items'; readonly statusOf: (document: Record<string, unknown>) => number }
  /** The connection is cut before anything is stored. */
  | { readonly kind: 'cut-before' }
  /** Everything is stored, and the connection is cut before the answer. */
  | { readonly kind: 'cut-after' };

/** Enough of a store to be shipped to: HEAD and PUT of an index, `_refresh`, and `_bulk` with `create` and `delete`. */
export interface FakeStore {
  readonly client: StoreClient;
  /** Documents by id. */
  readonly documents: Map<string, Record<string, unknown>>;
  /** Method and path of every request, in order. */
  readonly requests: string[];
  /** Used up one by one by bulk requests; after that they succeed. */
  readonly faults: Fault[];
  /** Largest body taken, in bytes; a larger one is answered with 413. */
  limit: number;
  indexExists: boolean;
  /** Resolves when the store has answered a bulk request and a condition holds. */
  readonly until: (condition: () => boolean) => Promise<void>;
  /** The port stops, or starts again, answering. */
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
}

export async function fakeStore(): Promise<FakeStore> {
  const waiting = new Set<() => void>();
  let server: Server | undefined;
  let port = 0;
  const start = async (): Promise<void> => {
    const next = createServer((request, response) => {
      void answer(store, request, response).finally(() => waiting.forEach((check) => check()));
    });
    await new Promise<void>((resolve) => next.listen(port, '127.0.0.1', resolve));
    ({ port } = next.address() as AddressInfo);
    server = next;
  };
  const store: Omit<FakeStore, 'client'> = {
    documents: new Map(),
    requests: [],
    faults: [],
    limit: Number.POSITIVE_INFINITY,
    indexExists: false,
    until: (condition) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (!condition()) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    stop: async () => {
      server?.closeAllConnections();
      await new Promise((resolve) => server?.close(resolve));
    },
    start,
  };
  await start();
  const url = new URL(`http://127.0.0.1:${port}`);
  return Object.assign(store, { client: storeClient({ url, credential: { who: 'nobody', header: undefined } }) });
}

async function answer(
  store: Omit<FakeStore, 'client'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  store.requests.push(`${request.method} ${request.url}`);
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const reply = (status: number, json?: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(json === undefined ? undefined : JSON.stringify(json));
  };
  if (request.method === 'HEAD') return reply(store.indexExists ? 200 : 404);
  if (request.method === 'PUT') {
    store.indexExists = true;
    return reply(200, { acknowledged: true });
  }
  if (request.url?.endsWith('/_refresh')) return reply(200, {});
  if (body.length > store.limit) return reply(413, { error: { type: 'too_large', reason: 'too large' } });
  const fault = store.faults.shift();
  if (fault?.kind === 'cut-before') return void request.socket.destroy();
  if (fault?.kind === 'status') return reply(fault.status, { error: { type: 'fault', reason: 'as ordered' } });
  store.indexExists = true;
  const items = takeBulk(store, body, fault?.kind === 'items' ? fault.statusOf : undefined);
  if (fault?.kind === 'cut-after') return void request.socket.destroy();
  return reply(200, { took: 1, errors: false, items });
}

function takeBulk(
  store: Omit<FakeStore, 'client'>,
  body: string,
  statusOf: ((document: Record<string, unknown>) => number) | undefined,
): unknown[] {
  const lines = body.trimEnd().split('\n');
  const items: unknown[] = [];
  while (lines.length > 0) {
    const action = JSON.parse(lines.shift() ?? '') as Record<string, { _id: string }>;
    if (action['delete']) {
      const existed = store.documents.delete(action['delete']._id);
      items.push({ delete: { _id: action['delete']._id, status: existed ? 200 : 404 } });
      continue;
    }
    const id = action['create']?._id ?? '';
    const document = JSON.parse(lines.shift() ?? '') as Record<string, unknown>;
    const status = statusOf?.(document) ?? (store.documents.has(id) ? 409 : 201);
    if (status === 201) store.documents.set(id, document);
    items.push({
      create: { _id: id, status, ...(status > 299 && { error: { type: 'fault', reason: 'as ordered' } }) },
    });
  }
  return items;
}
