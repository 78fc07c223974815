import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { gatelog } from '@gatelog/record/node';
import { listen } from '../engine/listen.ts';
import { answerDemo, decideDemo } from './pages.ts';
import { formatSeedLine } from './seed-lines.ts';

export interface DemoOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** The option that chooses another port, for the message when this one is taken. */
  readonly portOption: string;
  /** The log; it rotates at 1 MB and keeps three older files. */
  readonly log: string;
  /** `classic`: the original server's lines, to the letter. */
  readonly format: 'classic' | 'ecs';
  /** Told when the log cannot be written. */
  readonly onError: (error: Error) => void;
}

/** A demo server that listens. */
export interface DemoServer {
  readonly url: string;
  /** Absolute path of the log. */
  readonly log: string;
  /** Ends open connections and writes what is left of the log. */
  readonly close: () => Promise<void>;
}

/**
 * Starts the two-page server of `gatelog demo`.
 * Throws GATELOG_LISTEN_PORT_IN_USE, GATELOG_LISTEN_FAILED.
 */
export async function startDemo(options: DemoOptions): Promise<DemoServer> {
  const { host, format, onError } = options;
  const log = resolve(options.log);
  const record = gatelog({
    file: log,
    format: format === 'classic' ? formatSeedLine : format,
    policy: decideDemo,
    maxBytes: 1_000_000,
    backups: 3,
    onError,
  });
  const server = createServer(record(answer));
  try {
    const port = await listen(server, { host, port: options.port, option: options.portOption });
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
    return { url, log, close: () => close(server, record.recorder.close) };
  } catch (error) {
    await record.recorder.close();
    throw error;
  }
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  // What a client sends along is not wanted: let it go by, so that the connection stays usable.
  request.resume();
  const { status, body, headers } = answerDemo(request.method ?? '', pathOf(request.url ?? ''));
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}

// A target may be a whole URL, as sent to proxies.
function pathOf(target: string): string {
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  return path === '' ? '/' : path;
}

async function close(server: Server, closeRecorder: () => Promise<void>): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  server.closeAllConnections();
  await closed;
  await closeRecorder();
}
