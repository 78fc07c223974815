import type { IncomingMessage, ServerResponse } from 'node:http';
import { recorder, type Recorder } from '../recorder.ts';
import type { RecorderOptions } from '../options.ts';

/** What `createServer` takes; it may be asynchronous. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Wraps a listener so that its requests are recorded; `recorder` is there to be closed. */
export interface NodeGatelog {
  (listener: Listener): Listener;
  recorder: Recorder;
}

/**
 * Records the requests of a `node:http` server: `createServer(gatelog()(listener))`. There is no router here: without
 * a policy, 404 means an unknown route.
 */
export function gatelog(options: RecorderOptions | Recorder = {}): NodeGatelog {
  const own = 'watch' in options ? options : recorder(options);
  const wrap =
    (listener: Listener): Listener =>
    (request, response) => {
      const exchange = own.watch(request, response);
      if (exchange.refused) return undefined;
      // What the listener throws goes on to where it would have gone, after it has been recorded.
      const fail = (error: unknown): never => {
        exchange.fail();
        throw error;
      };
      try {
        const result = listener(request, response);
        return result instanceof Promise ? result.catch(fail) : result;
      } catch (error) {
        return fail(error);
      }
    };
  return Object.assign(wrap, { recorder: own });
}
