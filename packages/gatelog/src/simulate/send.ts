import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { SimulatedRequest } from './profile.ts';
import type { Target } from './target.ts';

export interface Sender {
  /** Sends one request and resolves with the status of its answer, or rejects with the system's error. */
  readonly send: (request: SimulatedRequest, signal: AbortSignal) => Promise<number>;
  readonly close: () => void;
}

const PATIENCE = 10_000;

/** A client that knows one target and no other: connections are kept, redirects are counted and not followed. */
export function sender(target: Target): Sender {
  const { protocol, hostname, port, origin } = target.url;
  const lookup = verifiedLookup(target);
  // A certificate says nothing here: the address is loopback, and nothing that is sent is secret.
  const agent =
    protocol === 'https:'
      ? new https.Agent({ keepAlive: true, lookup, rejectUnauthorized: false })
      : new http.Agent({ keepAlive: true, lookup });
  const open = protocol === 'https:' ? https.request : http.request;
  const severalClients = process.platform === 'linux' && target.addresses.every(({ family }) => family === 4);
  return {
    send: ({ method, path, headers, client }, signal) =>
      statusOf(
        open({
          agent,
          host: hostname.replace(/^\[|\]$/g, ''),
          port,
          method,
          path,
          headers: fillOrigin(headers, origin),
          signal,
          ...(client !== undefined && severalClients ? { localAddress: client } : {}),
        }),
      ),
    close: () => agent.destroy(),
  };
}

// Whatever name is asked for, the answer is the addresses that were verified.
function verifiedLookup({ addresses }: Target): LookupFunction {
  return (_, options, callback) => {
    if (options.all) callback(null, [...addresses]);
    else callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
  };
}

function statusOf(request: http.ClientRequest): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => request.destroy(new Error(`no answer within ${PATIENCE / 1_000} s`)), PATIENCE);
    request
      .once('response', (response) => {
        response.resume();
        response.once('error', reject).once('end', () => resolve(response.statusCode ?? 0));
      })
      .once('error', reject)
      .once('close', () => clearTimeout(timer))
      .end();
  });
}

function fillOrigin(headers: Readonly<Record<string, string>>, origin: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace('{origin}', origin)]));
}
