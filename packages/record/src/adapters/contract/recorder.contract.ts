import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccessEvent } from '../../event.ts';
import { formatClassic } from '../../formats/classic.ts';
import type { RecorderOptions } from '../../options.ts';
import type { Recorder } from '../../recorder.ts';

/** The app's pages, which each adapter's test serves in its framework's own way. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export const PAGES: Record<string, Handler> = {
  '/': (_, response) => response.setHeader('content-length', 5).end('Hello'),
  '/users/:id': (_, response) => response.end('a user'),
  '/denied': (_, response) => {
    response.statusCode = 401;
    response.end();
  },
  '/absent': (_, response) => {
    response.statusCode = 404;
    response.end();
  },
  '/throws': () => {
    throw new Error('broken on purpose');
  },
  '/stream': (_, response) => {
    response.write('first');
    setImmediate(() => response.end('second'));
  },
  '/silent': (request) => request.resume(),
};

/** Pages of a router mounted at `/api`. */
export const MOUNTED_PAGES: Record<string, Handler> = {
  '/items/:id': PAGES['/users/:id']!,
  '/throws': PAGES['/throws']!,
};

export interface Subject {
  /** Serves the pages, and 404 for all else, recorded with these options. */
  serve(options: RecorderOptions): { server: Server; recorder: Recorder };
  /** Whether there is a router whose patterns the adapter sees. */
  routes: boolean;
  /** Whether the framework answers 500 when a handler throws; node:http ends the process or leaves the request open. */
  answersErrors: boolean;
}

const NO_ROUTER = 'there is no router whose patterns could be seen';

/** What every adapter promises, over real sockets. */
export function recorderContract(name: string, subject: Subject): void {
  describe(`the recorder in ${name}`, () => {
    let folder: string;
    let stop: (() => Promise<void>) | undefined;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'gatelog-contract-'));
    });
    afterEach(async () => {
      await stop?.();
      rmSync(folder, { recursive: true });
    });

    const start = async (options: RecorderOptions = {}): Promise<Site> => {
      const file = join(folder, 'app.log');
      const events = eventQueue();
      const format = (event: AccessEvent): string => {
        events.put(event);
        return formatClassic(event);
      };
      const { server, recorder } = subject.serve({ file, format, ...options });
      await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      stop = async () => {
        server.closeAllConnections();
        await new Promise((resolve) => void server.close(resolve));
        await recorder.close();
      };
      const lines = async (): Promise<string[]> => {
        await recorder.flush();
        return readFileSync(file, 'utf8').split('\n').slice(0, -1);
      };
      return { port, recorder, next: events.take, lines };
    };
    it('records an authorised request with all that is known of it', async () => {
      const { port, next, lines } = await start();
      const head = 'Host: Example.com:80\r\nUser-Agent: probe/1\r\nReferer: http://a.example/?token=x';
      const trace = 'traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      const before = Date.now();
      await send(port, `GET /?q=1&token=hush HTTP/1.1\r\n${head}\r\n${trace}\r\nConnection: close\r\n\r\n`);
      const event = await next();
      expect(event).toMatchObject({
        level: 'info',
        verdict: 'authorized',
        outcome: 'success',
        message: 'Authorized - GET request - on the page /',
        method: 'GET',
        status: 200,
        httpVersion: '1.1',
        path: '/',
        query: 'q=1&token=[redacted]',
        domain: 'example.com',
        responseBytes: 5,
        clientIp: '127.0.0.1',
        userAgent: 'probe/1',
        referrer: 'http://a.example/?token=[redacted]',
        traceId: '0af7651916cd43dd8448eb211c80319c',
      });
      expect(event.timestamp).toBeGreaterThanOrEqual(before);
      expect(event.duration).toBeGreaterThan(0);
      expect(await lines()).toEqual([formatClassic(event)]);
    });

    it('records the pattern of the matched route', async ({ skip }) => {
      skip(!subject.routes, NO_ROUTER);
      const { port, next } = await start();
      await get(port, '/users/7');
      expect(await next()).toMatchObject({ route: '/users/:id', path: '/users/7', level: 'info' });
    });

    it('records the pattern of a route in a mounted router', async ({ skip }) => {
      skip(!subject.routes, NO_ROUTER);
      const { port, next } = await start();
      await get(port, '/api/items/7');
      expect(await next()).toMatchObject({ route: '/api/items/:id', path: '/api/items/7' });
    });

    it('records the pattern of a route in a mounted router that throws', async ({ skip }) => {
      skip(!subject.routes, NO_ROUTER);
      const { port, next } = await start();
      await get(port, '/api/throws');
      expect(await next()).toMatchObject({ route: '/api/throws', verdict: 'failed', status: 500 });
    });

    it('takes a matched route that answers 404 for known', async ({ skip }) => {
      skip(!subject.routes, NO_ROUTER);
      const { port, next } = await start();
      await get(port, '/absent');
      expect(await next()).toMatchObject({ verdict: 'authorized', outcome: 'failure', status: 404 });
    });

    it('warns of an unknown route', async () => {
      const { port, next } = await start();
      await get(port, '/wp-login.php');
      const message = 'Unauthorized - GET request - on an unknown page /wp-login.php';
      const event = await next();
      expect(event).toMatchObject({ level: 'warning', verdict: 'unknown', status: 404, message });
      expect(event.route).toBeUndefined();
    });

    it('records as an error what the app refuses', async () => {
      const { port, next } = await start();
      await get(port, '/denied');
      expect(await next()).toMatchObject({ level: 'error', verdict: 'refused', outcome: 'failure', status: 401 });
    });

    it('records an error thrown by the app as the failure of the server', async () => {
      const { port, next } = await start();
      const request = openConnection(port, 'GET /throws HTTP/1.1\r\nHost: x\r\n\r\n');
      const event = await next();
      expect(event).toMatchObject({ level: 'error', verdict: 'failed', outcome: 'failure' });
      expect(event.message).toBe('Failed - GET request - on the page /throws');
      expect(event.status).toBe(subject.answersErrors ? 500 : undefined);
      request.destroy();
    });

    it('follows the policy: allows, lets through with a warning, or refuses before the app sees it', async () => {
      const { port, next } = await start({
        policy: {
          '/': { page: 'index page', methods: ['GET'], otherwise: 'warn' },
          '/users/*': { page: 'users page', methods: ['GET'], otherwise: 'refuse' },
        },
      });
      await get(port, '/');
      expect(await next()).toMatchObject({ message: 'Authorized - GET request - on the index page' });
      await exchange(port, 'PUT', '/');
      const tolerated = 'Unauthorized - PUT request - at the index page';
      expect(await next()).toMatchObject({ verdict: 'tolerated', level: 'warning', message: tolerated });
      expect(await exchange(port, 'PUT', '/Users/7/')).toMatch(/^HTTP\/1.1 403 /);
      const refused = 'Unauthorized - PUT request - on the users page';
      expect(await next()).toMatchObject({ verdict: 'refused', level: 'error', status: 403, message: refused });
    });

    it('counts the bytes of a streamed answer', async () => {
      const { port, next } = await start();
      await get(port, '/stream');
      const { responseBytes = 0 } = await next();
      expect(responseBytes).toBeGreaterThanOrEqual('firstsecond'.length);
      expect(responseBytes).toBeLessThan(50);
    });

    it('counts no body in the answer to HEAD', async () => {
      const { port, next } = await start();
      await exchange(port, 'HEAD', '/');
      expect(await next()).toMatchObject({ method: 'HEAD', responseBytes: 0, status: 200 });
    });

    it('counts the bytes a request brings', async () => {
      const { port, next } = await start();
      await send(port, 'GET /stream HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nConnection: close\r\n\r\nabcd');
      expect(await next()).toMatchObject({ requestBytes: 4 });
    });

    it('records once a request that its client gave up', async () => {
      const { port, next, recorder } = await start();
      const request = openConnection(port, 'GET /silent HTTP/1.1\r\nHost: x\r\n\r\n');
      await expect.poll(() => request.bytesWritten).toBeGreaterThan(0);
      request.destroy();
      expect(await next()).toMatchObject({ path: '/silent', outcome: 'unknown', verdict: 'authorized' });
      await get(port, '/');
      expect(await next()).toMatchObject({ path: '/' });
      expect(recorder.stats().recorded).toBe(2);
    });

    it('records every request of a pipeline whose client leaves after the first', async () => {
      const { port, next, recorder } = await start();
      const paths = ['/silent', '/users/1', '/users/2'];
      const request = openConnection(port, paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''));
      await expect.poll(() => request.bytesWritten).toBeGreaterThan(0);
      await get(port, '/');
      expect(await next()).toMatchObject({ path: '/' });
      request.destroy();
      const recorded = [await next(), await next(), await next()].map(({ path }) => path);
      expect(recorded.toSorted()).toEqual(paths);
      expect(recorder.stats().recorded).toBe(4);
    });

    it('records each request of a kept connection once', async () => {
      const { port, next, recorder } = await start();
      const close = 'Connection: close\r\n';
      const requests = ['', '', close].map(
        (header, index) => `GET /users/${index} HTTP/1.1\r\nHost: x\r\n${header}\r\n`,
      );
      await send(port, requests.join(''));
      const events = [await next(), await next(), await next()];
      expect(events.map(({ path }) => path)).toEqual(['/users/0', '/users/1', '/users/2']);
      expect(recorder.stats().recorded).toBe(3);
    });

    it.each([
      ['a forged address', 'GET /x%20-%20IP:%206.6.6.6 HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 6.6.6.6'],
      ['control characters', 'GET /%80%9b31m HTTP/1.1\r\nHost: \x9b\r\nUser-Agent: \x9b2J\x85\x8dx'],
      ['a target with a password', 'GET http://anna:hush@evil.example/a?b HTTP/1.1\r\nHost: x'],
      ['a very long path', `GET /${'a'.repeat(9000)} HTTP/1.1\r\nHost: x`],
      ['two hosts in one', 'GET /%0d%0aSet-Cookie:x HTTP/1.1\r\nHost: a b'],
      ['a method nobody knows', 'PROPFIND /a HTTP/1.1\r\nHost: x'],
    ])('writes one line of its own for %s', async (_, head) => {
      const { port, next, lines } = await start();
      await send(port, `${head}\r\nConnection: close\r\n\r\n`);
      expect(await next()).toMatchObject({ verdict: 'unknown', clientIp: '127.0.0.1' });
      const [line = '', ...others] = await lines();
      expect(others).toEqual([]);
      expect(line).toMatch(/^[\x20-\x7e…\xa1-\xff]* - IP: 127\.0\.0\.1$/);
      expect(line).not.toContain('hush');
      expect(line.length).toBeLessThan(400);
    });

    it("survives whatever the app's own functions throw", async () => {
      const errors: Error[] = [];
      const { port, recorder } = await start({
        format: PAGES['/throws'] as never,
        onError: (error) => errors.push(error),
      });
      expect(await exchange(port, 'GET', '/')).toMatch(/^HTTP\/1.1 200 /);
      await expect.poll(() => recorder.stats()).toMatchObject({ recorded: 1, dropped: 1 });
      expect(errors.map(String)).toEqual([expect.stringContaining('broken on purpose')]);
    });
  });
}

interface Site {
  port: number;
  recorder: Recorder;
  next: () => Promise<AccessEvent>;
  lines: () => Promise<string[]>;
}

function eventQueue(): { put: (event: AccessEvent) => void; take: () => Promise<AccessEvent> } {
  const events: AccessEvent[] = [];
  const takers: ((event: AccessEvent) => void)[] = [];
  const put = (event: AccessEvent): void => {
    const taker = takers.shift();
    if (taker === undefined) events.push(event);
    else taker(event);
  };
  const take = (): Promise<AccessEvent> => {
    const event = events.shift();
    return event === undefined ? new Promise((resolve) => void takers.push(resolve)) : Promise.resolve(event);
  };
  return { put, take };
}

function get(port: number, path: string): Promise<string> {
  return exchange(port, 'GET', path);
}

function exchange(port: number, method: string, path: string): Promise<string> {
  return send(port, `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
}

/** Sends bytes as they are, and answers with all that came back. */
function send(port: number, text: string): Promise<string> {
  const { promise, resolve, reject } = withResolvers<string>();
  const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(text, 'latin1')));
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk) => (answer += chunk));
  socket.on('error', reject).on('close', () => resolve(answer));
  return promise;
}

function openConnection(port: number, text: string): Socket {
  const socket = connect(port, '127.0.0.1', () => socket.write(text));
  return socket.on('error', () => {});
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: Error) => void } {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((onResolved, onRejected) => {
    resolve = onResolved;
    reject = onRejected;
  });
  return { promise, resolve, reject };
}
