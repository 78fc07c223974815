import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RouteMatch } from '../exchange.ts';
import { recorder, type Recorder } from '../recorder.ts';
import type { RecorderOptions } from '../options.ts';

// Express's own types are not imported: what is used of its request is this, in version 4 as in 5.
type ExpressRequest = IncomingMessage & { originalUrl?: string; baseUrl?: string; route?: unknown };

/** A middleware, to be used before all others; `recorder` is there to be closed. */
export interface ExpressGatelog {
  (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): void;
  recorder: Recorder;
}

/** Records the requests of an Express 4 or 5 app: `app.use(gatelog())`, first of all. */
export function gatelog(options: RecorderOptions | Recorder = {}): ExpressGatelog {
  const own = 'watch' in options ? options : recorder(options);
  const middleware = (request: ExpressRequest, response: ServerResponse, next: () => void): void => {
    const matched = followRoute(request);
    const readRoute = (): RouteMatch => describeMatch(matched, response.statusCode);
    const exchange = own.watch(request, response, { target: request.originalUrl, readRoute });
    if (!exchange.refused) next();
  };
  return Object.assign(middleware, { recorder: own });
}

interface Matched {
  route?: unknown;
  base: string;
}

const followed = new WeakMap<IncomingMessage, Matched>();

// Express forgets where a router was mounted when an error leaves it, so it is noted when the route is found.
function followRoute(request: ExpressRequest): Matched {
  const known = followed.get(request);
  if (known !== undefined) return known;
  const matched: Matched = { route: request.route, base: '' };
  followed.set(request, matched);
  Object.defineProperty(request, 'route', {
    configurable: true,
    enumerable: true,
    get: () => matched.route,
    set: (route: unknown) => {
      Object.assign(matched, { route, base: request.baseUrl ?? '' });
    },
  });
  return matched;
}

// `*`, `/*`, `(.*)`, `/*rest`, `/{*rest}`, `/.*/`
const CATCH_ALL = /^[/({]*(?:\*\w*|\.\*)[)}/]*$/;

function describeMatch({ route, base }: Matched, status: number): RouteMatch {
  const path: unknown = typeof route === 'object' && route !== null && 'path' in route ? route.path : undefined;
  if (path === undefined) return { matched: false };
  const pattern = [path].flat().map(String).join('|');
  // A route for everything that answers 404 is how an app says that nothing is there.
  if (status === 404 && CATCH_ALL.test(pattern)) return { matched: false };
  return { matched: true, route: pattern === '/' && base !== '' ? base : base + pattern };
}
