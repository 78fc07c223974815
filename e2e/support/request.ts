import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { Store } from '../engines/store.ts';

export interface Answer {
  readonly status: number;
  /** Parsed; undefined when it is not JSON. */
  readonly body: unknown;
  readonly text: string;
}

/** A body to the letter, with its content type. */
export interface RawBody {
  readonly body: string;
  readonly type: string;
}

export type Ask = (method: string, path: string, body?: string | RawBody | object) => Promise<Answer>;

/** Asks a store over its own connections, kept open. Objects are sent as JSON, text as NDJSON. Rejects when there is no answer. */
export function asking(store: Store, connections = 8): Ask & { close: () => void } {
  const agent = new https.Agent({ keepAlive: true, maxSockets: connections, ca: readFileSync(store.caFile) });
  const authorization = `Basic ${Buffer.from(`${store.user}:${store.password}`).toString('base64')}`;
  const ask: Ask = (method, path, body) => {
    const { body: text, type } = rawBody(body);
    const headers = { authorization, ...(text !== undefined && { 'content-type': type }) };
    return answered(https.request(new URL(path, store.url), { method, agent, headers }), text);
  };
  return Object.assign(ask, { close: () => agent.destroy() });
}

function rawBody(body: string | RawBody | object | undefined): { body: string | undefined; type: string } {
  if (typeof body !== 'object') return { body, type: 'application/x-ndjson' };
  if ('type' in body && 'body' in body && typeof body.body === 'string')
    return { body: body.body, type: String(body.type) };
  return { body: JSON.stringify(body), type: 'application/json' };
}

/** One plain request; the status is all that is wanted. */
export async function visit(url: string, method = 'GET'): Promise<number> {
  return (await answered(http.request(url, { method, agent: false }), undefined)).status;
}

function answered(request: http.ClientRequest, body: string | undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request.once('error', reject).once('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response
        .once('error', reject)
        .once('end', () => resolve({ status: response.statusCode ?? 0, body: json(text), text }));
    });
    request.end(body);
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
