import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type RunningEngine } from '../start-engine.ts';

const data = mkdtempSync(join(tmpdir(), 'gatelog-connection-'));
const AUTHORIZATION = `authorization: Basic ${Buffer.from('elastic:over sockets').toString('base64')}`;
const WRONG = `authorization: Basic ${Buffer.from('elastic:wrong').toString('base64')}`;
let engine: RunningEngine;
const logged: string[] = [];

beforeAll(async () => {
  engine = await startEngine({
    data,
    port: 0,
    insecure: true,
    password: 'over sockets',
    bodyMemory: 2_000,
    logger: (_, message) => logged.push(message),
  });
});
afterAll(async () => {
  await engine.close();
  rmSync(data, { recursive: true });
});

/** A connection, and a wait for all that came until the pattern is in it or the other side ends. */
async function open(): Promise<{ socket: Socket; until: (pattern: RegExp) => Promise<string> }> {
  const socket = connect(engine.port, '127.0.0.1');
  await once(socket, 'connect');
  let received = '';
  let wake: () => void = () => undefined;
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString();
    wake();
  });
  socket.on('close', () => wake());
  socket.on('error', () => undefined);
  const until = async (pattern: RegExp): Promise<string> => {
    while (!pattern.test(received) && !socket.destroyed) await new Promise<void>((resolve) => (wake = resolve));
    const seen = received;
    received = '';
    return seen;
  };
  return { socket, until };
}

function head(line: string, ...headers: string[]): string {
  return [`${line} HTTP/1.1`, 'host: localhost', 'content-type: application/json', ...headers, '', ''].join('\r\n');
}

describe('a connection', () => {
  it('that waits for 100 Continue gets it when its request is welcome', async () => {
    const { socket, until } = await open();
    socket.write(head('PUT /waits/_doc/1', AUTHORIZATION, 'content-length: 7', 'expect: 100-continue'));
    expect(await until(/100 Continue/)).toMatch(/^HTTP\/1.1 100 Continue/);
    socket.write('{"a":1}');
    expect(await until(/"created"/)).toContain('201 Created');
    socket.destroy();
  });

  it.each([
    ['its password is wrong', [WRONG, 'content-length: 7'], '401 Unauthorized'],
    ['its body would be too long', [AUTHORIZATION, 'content-length: 200000000'], '413 Payload Too Large'],
  ])('that waits for 100 Continue is refused before it sends its body when %s', async (_, headers, status) => {
    const { socket, until } = await open();
    socket.write(head('PUT /waits/_doc/1', ...headers, 'expect: 100-continue'));
    const answer = await until(/\r\n\r\n\{.*\}$/s);
    expect(answer).toContain(`HTTP/1.1 ${status}`);
    expect(answer).toMatch(/connection: close/i);
    socket.destroy();
  });

  it('takes several requests at once and one request in pieces', async () => {
    const { socket, until } = await open();
    socket.write(head('GET /', AUTHORIZATION) + head('GET /_cluster/health', AUTHORIZATION));
    expect(await until(/active_shards_percent/)).toMatch(/tagline.*active_shards_percent/s);
    for (const piece of head('PUT /pieces/_doc/1', AUTHORIZATION, 'transfer-encoding: chunked')) socket.write(piece);
    socket.write('3\r\n{"a\r\n');
    socket.write('4\r\n":1}\r\n0\r\n\r\n');
    expect(await until(/"created"/)).toContain('201 Created');
    socket.destroy();
  });

  it('stays usable after a refusal whose body nobody read', async () => {
    const { socket, until } = await open();
    socket.write(`${head('PUT /unread/_doc/1', WRONG, 'content-length: 7')}{"a":1}`);
    expect(await until(/"status":401\}/)).toContain('401 Unauthorized');
    socket.write(head('GET /', AUTHORIZATION));
    expect(await until(/tagline/)).toContain('200 OK');
    socket.destroy();
  });

  it('that ends in the middle of a body gives back the memory of it', async () => {
    for (let i = 0; i < 5; i++) {
      const { socket, until } = await open();
      socket.write(`${head('PUT /torn/_doc/1', AUTHORIZATION, 'content-length: 1900', 'expect: 100-continue')}`);
      await until(/100 Continue/);
      socket.end('{"a":"');
      await until(/^$/);
      socket.destroy();
    }
    const { socket, until } = await open();
    const body = `{"a":"${'x'.repeat(1_800)}"}`;
    socket.write(head('PUT /whole/_doc/1', AUTHORIZATION, `content-length: ${body.length}`) + body);
    expect(await until(/"created"/)).toContain('201 Created');
    expect(logged).toEqual([]);
    socket.destroy();
  });

  it('is told to come back when all bodies together take too much memory', async () => {
    const { socket, until } = await open();
    const body = `{"a":"${'x'.repeat(2_500)}"}`;
    socket.write(head('PUT /much/_doc/1', AUTHORIZATION, `content-length: ${body.length}`) + body);
    expect(await until(/"status":429\}/)).toContain('circuit_breaking_exception');
    socket.destroy();
  });

  it('that does not speak HTTP is closed', async () => {
    const { socket, until } = await open();
    socket.write('\u0016\u0003\u0001 hello\r\n\r\n');
    expect(await until(/\r\n\r\n/)).toContain('400 Bad Request');
  });
});
