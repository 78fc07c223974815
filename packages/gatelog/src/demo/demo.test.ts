import { mkdtempSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DemoServer, startDemo } from './server.ts';

const GREETING = 'Hello, World!';
let demo: DemoServer;

beforeEach(async () => {
  demo = await start();
});
afterEach(() => demo.close());

describe('the six requests of the original get its answers and its lines, to the letter', () => {
  test.each([
    ['GET', '/', 200, GREETING, '[INFO] - Authorized - GET request - on the index page - IP:127.0.0.1'],
    ['POST', '/', 200, GREETING, '[WARNING] - Unauthorized - POST request - at the index page - IP: 127.0.0.1'],
    ['PUT', '/', 200, GREETING, '[WARNING] - Unauthorized - PUT request - at the index page - IP: 127.0.0.1'],
    [
      'GET',
      '/operation',
      200,
      'Other Page sucessful GET request',
      '[INFO] -  Authorized - GET request - on operation page - IP:127.0.0.1',
    ],
    [
      'POST',
      '/operation',
      200,
      'Other Page Successful POST request',
      '[INFO] - Authorized - POST request - on operation page - IP:127.0.0.1',
    ],
    [
      'PUT',
      '/operation',
      403,
      'Forbidden\n',
      '[ERROR] - Unauthorized - PUT request - on the operation page - IP:127.0.0.1',
    ],
  ])('%s %s', async (method, path, status, body, line) => {
    const answer = await send(method, path);
    expect(answer).toEqual({
      status,
      body,
      allow: undefined,
    });
    expect(await lines()).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} - /)]);
    expect((await lines())[0]?.slice('2023-11-14 10:23:01,446 - '.length)).toBe(line);
  });
});

describe('everything else has the regular line', () => {
  const ALLOW = 'GET, HEAD, OPTIONS, POST, PUT';
  test.each<[string, string, number, string | undefined, string]>([
    ['HEAD', '/', 200, undefined, '[INFO] - Authorized - HEAD request - on the index page'],
    ['OPTIONS', '/', 200, ALLOW, '[INFO] - Authorized - OPTIONS request - on the index page'],
    ['DELETE', '/', 405, ALLOW, '[ERROR] - Unauthorized - DELETE request - on the index page'],
    ['PATCH', '/operation', 405, ALLOW, '[ERROR] - Unauthorized - PATCH request - on the operation page'],
    ['PROPFIND', '/operation', 405, ALLOW, '[ERROR] - Unauthorized - PROPFIND request - on the operation page'],
    [
      'GET',
      '/wp-login.php',
      404,
      undefined,
      '[WARNING] - Unauthorized - GET request - on an unknown page /wp-login.php',
    ],
    ['PUT', '/operation/', 404, undefined, '[WARNING] - Unauthorized - PUT request - on an unknown page /operation/'],
  ])('%s %s', async (method, path, status, allow, line) => {
    expect(await send(method, path)).toMatchObject({ status, allow });
    expect((await lines())[0]?.slice(26)).toBe(`${line} - IP: 127.0.0.1`);
  });
});

test.each([
  ['a query', '/?page=1', GREETING],
  ['percent-encoding', '/%6fperation', 'Other Page sucessful GET request'],
])('%s changes nothing about which page is meant', async (_, path, body) => {
  expect(await send('GET', path)).toMatchObject({ status: 200, body });
});

test('the refused page cannot be had by another spelling of it', async () => {
  for (const path of ['/operation', '/%6Fperation', '/operation?x']) {
    expect(await send('PUT', path)).toMatchObject({ status: 403 });
  }
  for (const path of ['/OPERATION', '//operation', '/./operation', '/operation%00']) {
    expect(await send('PUT', path)).toMatchObject({ status: 404 });
  }
});

test('a request is one line, whatever it sends along', async () => {
  await send('POST', '/', 'x'.repeat(300_000));
  await send('GET', '/%0a2023-11-14%2010:23:01,446%20-%20[INFO]');
  expect(await lines()).toHaveLength(2);
});

test('with the format ecs a line is a document that has the path and who asked for it', async () => {
  const other = await start('ecs');
  await send('GET', '/.env', undefined, other);
  await other.close();
  const [line = ''] = readFileSync(other.log, 'utf8').split('\n');
  expect(JSON.parse(line)).toMatchObject({
    url: { path: '/.env' },
    log: { level: 'warning' },
    client: { ip: '127.0.0.1' },
  });
});

test('a port that is taken is a clear error that names the option', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  await expect(start('classic', port)).rejects.toMatchObject({
    code: 'GATELOG_LISTEN_PORT_IN_USE',
    message: `127.0.0.1:${port} is in use by another program`,
    advice: expect.stringContaining('--port') as string,
  });
  await new Promise((resolve) => other.close(resolve));
});

test('a port that does not exist is a clear error', async () => {
  await expect(start('classic', 70_000)).rejects.toMatchObject({ code: 'GATELOG_LISTEN_FAILED' });
});

function start(format: 'classic' | 'ecs' = 'classic', port = 0): Promise<DemoServer> {
  const log = join(mkdtempSync(join(tmpdir(), 'gatelog-demo-')), 'logs', 'app.log');
  return startDemo({ host: '127.0.0.1', port, portOption: '--port', log, format, onError: complain });
}

function complain(error: Error): never {
  throw error;
}

/** The lines of the log, once the server has closed and all is written. */
async function lines(): Promise<string[]> {
  await demo.close();
  return readFileSync(demo.log, 'utf8').split('\n').slice(0, -1);
}

function send(
  method: string,
  path: string,
  body?: string,
  { url }: DemoServer = demo,
): Promise<{ status: number | undefined; body: string; allow: string | undefined }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, path, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode, body: text, allow: response.headers.allow }));
    });
    outgoing.once('error', reject).end(body);
  });
}
