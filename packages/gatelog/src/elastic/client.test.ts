import { once } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { forgeCertificate, makeCertificates } from './certificates.testing.ts';
import { storeClient, type StoreClient } from './client.ts';
import type { StoreConnection } from './connection.ts';

const certificates = await makeCertificates();
const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe('an answer', () => {
  test('is its status, its JSON and its text to the letter; the credential and the body were sent', async () => {
    const seen: (string | undefined)[] = [];
    const url = await serve(async (request, response) => {
      const body = (await request.toArray()).join('');
      seen.push(request.method, request.url, request.headers.authorization, request.headers['content-type'], body);
      response.end('{"a": 1.50}');
    });
    const client = connect(url, { credential: { who: 'user "u"', header: 'Basic dTpw' } });
    expect(await client.request({ method: 'POST', path: '/i/_search?size=1', json: { q: 'ü' } })).toEqual({
      status: 200,
      body: { a: 1.5 },
      text: '{"a": 1.50}',
    });
    expect(seen).toEqual(['POST', '/i/_search?size=1', 'Basic dTpw', 'application/json', '{"q":"ü"}']);
  });

  test('comes on the same connection as the one before, and on a new one when that was closed meanwhile', async () => {
    const ports: (number | undefined)[] = [];
    const url = await serve((request, response) => {
      ports.push(request.socket.remotePort);
      response.end('{}');
      // Closed without a word to the client, as a store does with a connection that was idle for long.
      if (ports.length === 2) response.on('finish', () => request.socket.destroySoon());
    });
    const client = connect(url);
    for (let times = 0; times < 3; times += 1) await client.request({ method: 'GET', path: '/' });
    expect(ports[1]).toBe(ports[0]);
    expect(ports[2]).not.toBe(ports[0]);
  });

  test('of a refused status is one for whom that status is accepted', async () => {
    const url = await serve((_, response) => response.writeHead(404).end());
    const { status } = await connect(url).request({ method: 'HEAD', path: '/i', accept: [404] });
    expect(status).toBe(404);
  });
});

describe('a refusal', () => {
  const body = (type: string, reason: string): string => JSON.stringify({ error: { type, reason }, status: 400 });

  test.each([
    [401, 'Unauthorized', 'GATELOG_STORE_UNAUTHENTICATED', 'does not accept the credential of user "u"'],
    [403, body('security_exception', 'no'), 'GATELOG_STORE_FORBIDDEN', 'security_exception: no'],
    [404, body('index_not_found_exception', 'no such index [i]'), 'GATELOG_STORE_NO_INDEX', 'no index "i"'],
    [404, body('resource_not_found_exception', 'gone'), 'GATELOG_STORE_REJECTED', 'resource_not_found_exception: gone'],
    [
      400,
      body('parsing_exception', 'bad'),
      'GATELOG_STORE_REJECTED',
      'answered 400 to GET /i/x: parsing_exception: bad',
    ],
    [502, '<html>Bad Gateway</html>', 'GATELOG_STORE_REJECTED', 'answered 502 to GET /i/x: <html>Bad Gateway'],
    [200, '<html>hello</html>', 'GATELOG_STORE_NOT_JSON', 'not JSON: <html>hello'],
  ])('of status %d (%s) is %s and says why', async (status, text, code, message) => {
    const url = await serve((_, response) => response.writeHead(status).end(text));
    const client = connect(url, { credential: { who: 'user "u"', header: undefined } });
    const asking = client.request({ method: 'GET', path: '/i/x?y', index: 'i' });
    await expect(asking).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  test('names what a shard says, since "all shards failed" says nothing', async () => {
    const reason = { type: 'query_shard_exception', reason: 'Failed to parse query [a AND]' };
    const error = {
      type: 'search_phase_execution_exception',
      reason: 'all shards failed',
      failed_shards: [{ reason }],
    };
    const url = await serve((_, response) => response.writeHead(400).end(JSON.stringify({ error })));
    const asking = connect(url).request({ method: 'GET', path: '/' });
    await expect(asking).rejects.toThrow('all shards failed (Failed to parse query [a AND])');
  });
});

describe('no answer', () => {
  test('because nothing listens is a refused connection', async () => {
    const url = await serve((_, response) => response.end());
    await closing.pop()?.();
    expect(await failureOf(connect(url))).toBe('GATELOG_STORE_REFUSED');
  });

  test('in time is a timeout', async () => {
    const url = await serve(() => undefined);
    const asking = connect(url).request({ method: 'GET', path: '/', timeout: 20 });
    await expect(asking).rejects.toMatchObject({ code: 'GATELOG_STORE_TIMEOUT' });
  });

  test('because the connection was cut is an unreachable store', async () => {
    const url = await serve((request) => request.socket.destroy());
    expect(await failureOf(connect(url))).toBe('GATELOG_STORE_UNREACHABLE');
  });

  test('because it was cut in the middle of the answer is an unreachable store', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{"half":', () => response.destroy());
    });
    expect(await failureOf(connect(url))).toBe('GATELOG_STORE_UNREACHABLE');
  });

  test('after an abort is the reason of the abort', async () => {
    const controller = new AbortController();
    const url = await serve(() => controller.abort(new Error('enough')));
    const asking = connect(url).request({ method: 'GET', path: '/', signal: controller.signal });
    await expect(asking).rejects.toThrow('enough');
  });
});

describe('TLS', () => {
  test('with the authority that signed the certificate is trusted', async () => {
    const url = await serveTls();
    await expect(ping(connect(url, { certificateAuthority: certificates.authority }))).resolves.toBe(200);
  });

  test('with an authority nobody knows is refused, and the way out is --cacert', async () => {
    const asking = ping(connect(await serveTls()));
    await expect(asking).rejects.toMatchObject({
      code: 'GATELOG_STORE_UNTRUSTED',
      advice: expect.stringContaining('--cacert'),
    });
  });

  test('with a certificate for another name is refused', async () => {
    const other = await makeCertificates(['elsewhere.example']);
    const url = await serveTls(other);
    expect(await failureOf(connect(url, { certificateAuthority: other.authority }))).toBe('GATELOG_STORE_WRONG_NAME');
  });

  test('where the server speaks plain HTTP, and the other way round, is told apart from a broken store', async () => {
    const plain = await serve((_, response) => response.end('{}'));
    const secure = await serveTls();
    expect(await failureOf(connect(plain.replace('http:', 'https:')))).toBe('GATELOG_STORE_SPEAKS_HTTP');
    expect(await failureOf(connect(secure.replace('https:', 'http:')))).toBe('GATELOG_STORE_SPEAKS_TLS');
  });

  test('with the fingerprint of the authority is trusted', async () => {
    const fingerprint = certificates.fingerprint.replaceAll(':', '');
    await expect(ping(connect(await serveTls(), { fingerprint }))).resolves.toBe(200);
  });

  test('with another fingerprint is refused', async () => {
    expect(await failureOf(connect(await serveTls(), { fingerprint: 'A'.repeat(64) }))).toBe('GATELOG_STORE_UNTRUSTED');
  });

  test('with the pinned authority shown beside a certificate it did not sign is refused', async () => {
    // Same names, another key: only the signature tells them apart.
    const url = await serveTls(await forgeCertificate(certificates));
    const fingerprint = certificates.fingerprint.replaceAll(':', '');
    expect(await failureOf(connect(url, { fingerprint }))).toBe('GATELOG_STORE_UNTRUSTED');
  });
});

type Answerer = (request: http.IncomingMessage, response: http.ServerResponse) => unknown;

async function serve(answer: Answerer): Promise<string> {
  return `http://127.0.0.1:${await listen(http.createServer(answer))}`;
}

async function serveTls({ key, chain }: { key: string; chain: string } = certificates): Promise<string> {
  const server = https.createServer({ key, cert: chain }, (_, response) => response.end('{}'));
  return `https://127.0.0.1:${await listen(server)}`;
}

async function listen(server: http.Server | https.Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

function connect(url: string, connection: Partial<StoreConnection> = {}): StoreClient {
  const credential = { who: 'nobody', header: undefined };
  const client = storeClient({ url: new URL(url), credential, ...connection });
  closing.push(client.close);
  return client;
}

async function ping(client: StoreClient): Promise<number> {
  return (await client.request({ method: 'GET', path: '/' })).status;
}

async function failureOf(client: StoreClient): Promise<unknown> {
  const failure: unknown = await ping(client).catch((error: unknown) => error);
  return failure instanceof Error && 'code' in failure ? failure.code : failure;
}
