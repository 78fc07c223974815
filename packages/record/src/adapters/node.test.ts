import { createServer, type Server } from 'node:http';
import { PAGES, recorderContract } from './contract/recorder.contract.ts';
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
