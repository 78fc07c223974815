import * as http from 'node:http';
import * as https from 'node:https';
import { gatelogError, systemCode } from '../errors/gatelog-error.ts';
import type { StoreRequest } from './client.ts';
import type { StoreConnection } from './connection.ts';
import { connectionFailure } from './failure.ts';
import { pinnedAuthority } from './fingerprint.ts';

export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

/** Requests over kept-alive connections; every failure is a GATELOG_STORE_… error, an abort the signal's own reason. */
export interface Transport {
  readonly send: (request: StoreRequest) => Promise<RawAnswer>;
  readonly close: () => void;
}

const DEFAULT_TIMEOUT = 30_000;

export function openTransport(connection: StoreConnection): Transport {
  const { url, fingerprint, certificateAuthority } = connection;
  let agent: http.Agent | undefined;
  const connect = async (): Promise<http.Agent> => {
    if (url.protocol === 'http:') return new http.Agent({ keepAlive: true });
    const ca = fingerprint === undefined ? certificateAuthority : await pinnedAuthority(url, fingerprint);
    return new https.Agent({ keepAlive: true, ...(ca !== undefined && { ca }) });
  };
  return {
    send: async (request) => {
      try {
        agent ??= await connect();
        return await sendOnce(connection, agent, request).catch((error: unknown) => {
          if (agent && isStaleConnection(error)) return sendOnce(connection, agent, request);
          throw error;
        });
      } catch (error) {
        if (request.signal?.aborted) throw request.signal.reason;
        throw await connectionFailure(error, url);
      }
    },
    close: () => agent?.destroy(),
  };
}

function sendOnce(connection: StoreConnection, agent: http.Agent, request: StoreRequest): Promise<RawAnswer> {
  const { url, credential } = connection;
  const body = bodyOf(request);
  const timeout = request.timeout ?? DEFAULT_TIMEOUT;
  const headers: http.OutgoingHttpHeaders = { accept: 'application/json', 'content-length': body?.length ?? 0 };
  if (body) headers['content-type'] = request.ndjson === undefined ? 'application/json' : 'application/x-ndjson';
  if (credential.header !== undefined) headers['authorization'] = credential.header;
  const { request: open } = url.protocol === 'http:' ? http : https;
  return new Promise((resolve, reject) => {
    const path = `${url.pathname.replace(/\/$/, '')}${request.path}`;
    const outgoing = open(url, { method: request.method, path, headers, agent });
    const giveUp = (): void => void outgoing.destroy(timeoutError(url, timeout));
    const timer = setTimeout(giveUp, timeout);
    const onAbort = (): void => void outgoing.destroy(new Error('aborted'));
    request.signal?.addEventListener('abort', onAbort, { once: true });
    if (request.signal?.aborted) onAbort();
    outgoing.on('error', (error) =>
      reject(outgoing.reusedSocket ? Object.assign(error, { reusedSocket: true }) : error),
    );
    outgoing.on('response', (response) => void readAnswer(response).then(resolve, reject));
    outgoing.on('close', () => {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', onAbort);
    });
    outgoing.end(body);
  });
}

async function readAnswer(response: http.IncomingMessage): Promise<RawAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') };
}

function bodyOf(request: StoreRequest): Buffer | undefined {
  const text = request.ndjson ?? (request.json === undefined ? undefined : JSON.stringify(request.json));
  return text === undefined ? undefined : Buffer.from(text);
}

function timeoutError(url: URL, timeout: number): Error {
  return gatelogError('GATELOG_STORE_TIMEOUT', { url: url.origin, seconds: timeout / 1_000 });
}

// The store may close an idle connection in the moment we use it again. Everything we send may be sent twice
// (documents are created under ids of our own), so once more on a new connection is safe.
function isStaleConnection(error: unknown): boolean {
  return error instanceof Error && 'reusedSocket' in error && ['ECONNRESET', 'EPIPE'].includes(systemCode(error));
}
