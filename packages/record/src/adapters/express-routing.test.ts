import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type Express } from 'express';
import express4 from 'express4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccessEvent } from '../event.ts';
import type { RecorderOptions } from '../options.ts';
import { gatelog } from './express.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatelog-routing-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function record(
  app: Express,
  path: string,
  options: RecorderOptions,
  routes: () => void,
): Promise<AccessEvent[]> {
  const events: AccessEvent[] = [];
  const format = (event: AccessEvent): string => String(events.push(event));
  const recording = gatelog({ file: join(folder, 'app.log'), format, ...options });
  app.use(recording);
  routes();
  const server = createServer(app);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  server.closeAllConnections();
  await new Promise((resolve) => void server.close(resolve));
  await recording.recorder.close();
  return events;
}

describe.each([
  { version: 'Express 5', framework: express, everything: ['/*rest', '/{*rest}', /.*/] },
  { version: 'Express 4', framework: express4, everything: ['*', '/*', /.*/] },
])('$version', ({ framework, everything }) => {
  it('takes a route for everything that answers 404 for the not-found page that it is', async () => {
    for (const pattern of everything) {
      const app = framework();
      const [event] = await record(app, '/wp-login.php', {}, () => {
        app.get(pattern, (_, response) => void response.sendStatus(404));
      });
      expect(event).toMatchObject({ verdict: 'unknown', level: 'warning' });
    }
  });

  it('takes a route for everything that answers for a route', async () => {
    const app = framework();
    const [event] = await record(app, '/any', {}, () => {
      app.get(everything[0] ?? '', (_, response) => void response.send('the one page of this app'));
    });
    expect(event).toMatchObject({ verdict: 'authorized', route: everything[0] });
  });

  it('takes what a middleware answers without a route for known', async () => {
    const app = framework();
    const [event] = await record(app, '/logo.svg', {}, () => {
      app.use((_, response) => void response.send('a static file'));
    });
    expect(event).toMatchObject({ verdict: 'authorized', message: 'Authorized - GET request - on the page /logo.svg' });
    expect(event?.route).toBeUndefined();
  });

  it("takes the router's word over the policy's that nothing is there", async () => {
    const app = framework();
    const [event] = await record(app, '/%61dmin', { policy: { '/admin': { page: 'admin page' } } }, () => {
      app.get('/admin', (_, response) => void response.send('the admin page'));
    });
    expect(event).toMatchObject({ verdict: 'unknown', path: '/%61dmin' });
  });

  it('sees the whole path in an app that is mounted in another', async () => {
    const app = framework();
    const [event] = await record(app, '/shop/cart/7?a=1', {}, () => {
      const shop = framework();
      shop.get('/cart/:id', (_, response) => void response.send('a cart'));
      app.use('/shop', shop);
    });
    expect(event).toMatchObject({ route: '/shop/cart/:id', path: '/shop/cart/7', query: 'a=1' });
  });

  it('names who was logged in by the time the request ended', async () => {
    const app = framework();
    const userName = (request: object): string | undefined => ('user' in request ? String(request.user) : undefined);
    const [event] = await record(app, '/', { userName }, () => {
      app.use((request, _, next) => next(void Object.assign(request, { user: 'anna' })));
      app.get('/', (_, response) => void response.send('hello'));
    });
    expect(event).toMatchObject({ userName: 'anna' });
  });
});
