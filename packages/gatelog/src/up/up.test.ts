import { appendFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startUp, type Up, type UpOptions } from './up.ts';

// A store that takes everything stands in for the engine: here it is about who starts and stops what, and when.
const engine = vi.hoisted(() => ({
  start: vi.fn<() => Promise<object>>(),
  close: vi.fn<() => Promise<void>>(),
}));
vi.mock('@gatelog/engine', () => ({ startEngine: engine.start }));

const PASSWORD = 'open sesame';
let data: string;
let store: Server;
let url: string;
let running: object;
let stored: { message: string }[];

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'gatelog-up-'));
  stored = [];
  store = createServer((request, response) => void answer(request, response));
  const port = await listen(store);
  url = `http://127.0.0.1:${port}`;
  running = { url, port: 1, close: engine.close, engine: { damaged: [] } };
  engine.close.mockReset().mockResolvedValue(undefined);
  engine.start.mockReset().mockResolvedValue({ ...running, port, password: PASSWORD });
});

afterEach(async () => {
  store.closeAllConnections();
  await new Promise((resolve) => store.close(resolve));
});

test('what was requested the moment before it stops is stored', async () => {
  const up = await start({ demoPort: 0 });
  for (const path of ['/', '/.env', '/operation']) await fetch(`${up.addresses.demo?.url}${path}`, { method: 'PUT' });
  await up.stop();
  expect(stored.map(({ message }) => message).toSorted()).toEqual([
    'Unauthorized - PUT request - at the index page',
    'Unauthorized - PUT request - on an unknown page /.env',
    'Unauthorized - PUT request - on the operation page',
  ]);
  expect(engine.close).toHaveBeenCalledOnce();
});

test('logs are followed from their beginning, and the last line is not lost', async () => {
  const log = join(data, 'app.log');
  const line = '2023-11-14 10:23:01,446 - [INFO] - Authorized - GET request - on the index page - IP:127.0.0.1\n';
  writeFileSync(log, line.repeat(3));
  const seen = vi.fn<() => void>();
  const up = await start({ logs: [log, join(data, 'not-yet.log')], onProgress: seen });
  await vi.waitFor(() => expect(stored).toHaveLength(3), { timeout: 10_000 });
  appendFileSync(log, line);
  await up.stop();
  expect(stored).toHaveLength(4);
  expect(seen).toHaveBeenCalled();
});

test('the simulated traffic of the demo is stored, and ends with it', async () => {
  const up = await start({ demoPort: 0, simulate: true });
  await vi.waitFor(() => expect(stored.length).toBeGreaterThanOrEqual(300), { timeout: 15_000 });
  await up.stop();
  const lines = readFileSync(up.addresses.demo?.log ?? '', 'utf8')
    .trimEnd()
    .split('\n');
  expect(stored).toHaveLength(lines.length);
});

test('the password of the first start is kept, and used before the one in the environment', async () => {
  const first = await start({});
  await first.stop();
  engine.start.mockResolvedValue(running);
  const second = await start({ password: 'of another store' });
  expect(second.addresses.store).toMatchObject({ url, user: 'elastic', credentials: join(data, 'credentials') });
  expect(existsSync(join(data, 'credentials'))).toBe(true);
  await second.stop();
});

test('a password that was given for the first start is kept like one that was made', async () => {
  engine.start.mockResolvedValue(running);
  const up = await start({ password: PASSWORD });
  expect(JSON.parse(readFileSync(join(data, 'credentials'), 'utf8'))).toEqual({ user: 'elastic', password: PASSWORD });
  await up.stop();
});

describe('what was started is stopped again when', () => {
  test('the port of the demo is taken, and the message names its option', async () => {
    const { port } = store.address() as AddressInfo;
    const starting = start({ demoPort: port });
    await expect(starting).rejects.toMatchObject({
      code: 'GATELOG_LISTEN_PORT_IN_USE',
      advice: expect.stringContaining('--demo-port') as string,
    });
    expect(engine.close).toHaveBeenCalledOnce();
  });

  test('the engine does not accept the password that is kept', async () => {
    engine.start.mockResolvedValue(running);
    await expect(start({ password: 'wrong' })).rejects.toMatchObject({ code: 'GATELOG_ENGINE_CREDENTIALS_UNUSABLE' });
    expect(engine.close).toHaveBeenCalledOnce();
  });
});

test.each([
  [{ code: 'EADDRINUSE', syscall: 'listen' }, 'GATELOG_LISTEN_PORT_IN_USE'],
  [{ code: 'EACCES', syscall: 'mkdir' }, 'GATELOG_ENGINE_START_FAILED'],
])('an engine that cannot start for %o is a known error', async (error, code) => {
  engine.start.mockRejectedValue(Object.assign(new Error('it failed'), error));
  await expect(start({})).rejects.toMatchObject({ code });
});

test('a log that cannot be shipped ends it with that error', async () => {
  const up = await startUp({ ...DEFAULTS, data, logs: [data] });
  await expect(up.begin()).rejects.toMatchObject({ code: 'GATELOG_SHIP_FILE_IS_DIRECTORY' });
  await up.stop().catch(() => {});
  expect(engine.close).toHaveBeenCalledOnce();
});

const DEFAULTS: Omit<UpOptions, 'data'> = {
  port: 0,
  memory: 1_048_576,
  logs: [],
  index: 'test',
  simulate: false,
  onProgress: () => {},
  onNotice: () => {},
};

async function start(options: Partial<UpOptions>): Promise<Up> {
  const up = await startUp({ ...DEFAULTS, data, ...options });
  up.begin().catch(() => {});
  return up;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += String(part);
  const expected = `Basic ${Buffer.from(`elastic:${PASSWORD}`).toString('base64')}`;
  if (request.headers.authorization !== expected) return void response.writeHead(401).end('{}');
  if (!request.url?.includes('_bulk')) return void response.end('{}');
  const documents = text.split('\n').filter((_, position) => position % 2 === 1);
  stored.push(...documents.map((document) => JSON.parse(document) as { message: string }));
  response.end(JSON.stringify({ errors: false, items: documents.map(() => ({ create: { status: 201 } })) }));
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
