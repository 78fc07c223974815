import { get } from 'node:http';
import { createServer } from 'node:net';
import { systemCode } from '../errors/gatelog-error.ts';
import { type Finding, ok, warn } from './check.ts';

/** Whether the demo's port is free, or taken by the demo itself. */
export async function checkDemoPort(port: number): Promise<readonly Finding[]> {
  const check = `port ${port}`;
  const taken = await isTaken(port);
  if (!taken) return ok(check, 'free for "gatelog demo"');
  if ((await greeting(port)) === 'Hello, World!') return ok(check, 'the demo server answers there');
  return warn(check, 'another program uses it', 'Start the demo elsewhere: "gatelog demo --port 5001".');
}

/** Whether the store's port is free; who answers when it is not, the check of the store finds out. */
export async function checkStorePort(url: URL): Promise<readonly Finding[]> {
  const port = Number(url.port) || (url.protocol === 'http:' ? 80 : 443);
  const check = `port ${port}`;
  return ok(check, (await isTaken(port)) ? 'a program answers there' : 'free for "gatelog up" or "gatelog engine"');
}

// To listen is the only proof: a port may be taken without anyone answering at it.
function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(systemCode(error) === 'EADDRINUSE'));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(false)));
  });
}

function greeting(port: number): Promise<string> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/', timeout: 1_000, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        if (text.length > 100) request.destroy();
      });
      response.once('close', () => resolve(text));
    });
    request.once('timeout', () => request.destroy()).once('error', () => resolve(''));
  });
}
