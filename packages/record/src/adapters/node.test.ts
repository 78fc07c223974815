import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, IncomingMessage, ServerResponse, type Server } from 'node:http';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PAGES, recorderContract } from './contract/recorder.contract.ts';
import type { AccessEvent } from '../event.ts';
import type { RecorderOptions } from '../options.ts';
import type { Recorder } from '../recorder.ts';
import { gatelog } from './node.ts';

const serve = (options: RecorderOptions): { server: Server; recorder: Recorder } => {
  const recording = gatelog(options);
  const listener = recording((request, response) => {
    const path = (request.url ?? '').replace(/\?.*$/, '').replace(/^\/users\/\d+$/, '/users/:id');
    const handler = PAGES[path];
    if (handler === undefined) response.writeHead(404).end();
    else handler(request, response);
  });
  const server = createServer((request, response) => {
    try {
      listener(request, response);
    } catch {
      // As with a handler of `uncaughtException`: the request stays without an answer.
    }
  });
  return { server, recorder: recording.recorder };
};

recorderContract('node:http', { serve, routes: false, answersErrors: false });

it.each([
  [
    'throws',
    () => {
      throw new Error('broken on purpose');
    },
  ],
  ['rejects', () => Promise.reject(new Error('broken on purpose'))],
])('hands on, once recorded, what a listener %s', async (_, listener) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatelog-node-'));
  const events: AccessEvent[] = [];
  const recording = gatelog({ file: join(folder, 'app.log'), format: (event) => String(events.push(event)) });
  const request = new IncomingMessage(new Socket());
  const run = async (): Promise<unknown> => recording(listener)(request, new ServerResponse(request));
  await expect(run()).rejects.toThrow('broken on purpose');
  expect(events).toEqual([expect.objectContaining({ verdict: 'failed', level: 'error' })]);
  await recording.recorder.close();
  rmSync(folder, { recursive: true });
});
