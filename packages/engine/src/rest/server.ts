import { createServer as createPlainServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import { unsupported, type ElasticError } from '../errors.ts';
import type { Authenticator } from '../security/authenticator.ts';
import { elasticErrorOf, errorBody } from './error-body.ts';
import { checkFormat, mediaTypes } from './media-type.ts';
import { parseQueryString } from './parameters.ts';
import { BodyBudget, readBody } from './read-body.ts';
import { PLAIN, respond, type Presentation } from './respond.ts';
import type { Answer, Node, Route } from './route.ts';
import { createRouter, type Router } from './router.ts';
import { unsupportedApi } from './unsupported-apis.ts';

export interface RestServerOptions {
  readonly node: Node;
  readonly routes: readonly Route[];
  readonly authenticator: Authenticator;
  /** Undefined: plain HTTP. */
  readonly secure: SecureContextOptions | undefined;
  readonly logger: Logger;
  /** Bytes that the bodies of all requests may take together. */
  readonly bodyMemory: number;
}

/** Where the engine reports what it cannot tell a client: an internal error with its stack, a certificate that was renewed. */
export type Logger = (level: 'info' | 'error', message: string, error?: unknown) => void;

/** The HTTP server of the REST API; not yet listening. */
export function createRestServer(options: RestServerOptions): Server | SecureServer {
  const context: Context = {
    ...options,
    router: createRouter(options.routes),
    budget: new BodyBudget(options.bodyMemory),
  };
  const limits = {
    // Slow clients: a minute for a request's head, ten for its body.
    headersTimeout: 60_000,
    requestTimeout: 600_000,
    keepAliveTimeout: 120_000,
    maxHeaderSize: 65_536,
  };
  const { secure } = options;
  const server = secure === undefined ? createPlainServer(limits) : createSecureServer({ ...limits, ...secure });
  server.on('request', (request, response) => void serve(request, response, context));
  server.on('checkContinue', (request, response) => void serve(request, response, context));
  return server;
}

interface Context extends RestServerOptions {
  readonly router: Router;
  readonly budget: BodyBudget;
}

async function serve(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  // Nor is one that goes away while it is being answered.
  response.on('error', () => undefined);
  let presentation = PLAIN;
  try {
    const answer = await answerTo(request, response, context, (found) => (presentation = found));
    await respond(request, response, answer, presentation);
  } catch (error) {
    // A client that went away in the middle of its body is no error of ours.
    if (response.destroyed || request.errored !== null) return;
    const elastic = elasticErrorOf(error);
    if (elastic.status >= 500)
      context.logger('error', `${request.method} ${request.url} failed: ${elastic.message}`, error);
    if (response.headersSent) return;
    // What is left of a body is read and thrown away by Node, unless it is too long, or the client still waits to send it.
    const unsent = request.headers.expect !== undefined && !request.complete;
    if (elastic.status === 413 || unsent) response.setHeader('connection', 'close');
    await respond(request, response, failure(elastic), { ...presentation, filters: undefined }).catch(() =>
      response.destroy(),
    );
  }
}

/** Who asks is settled before anything of the body is read. */
async function answerTo(
  request: IncomingMessage,
  response: ServerResponse,
  context: Context,
  present: (presentation: Presentation) => void,
): Promise<Answer> {
  const uri = request.url ?? '/';
  const user = await context.authenticator.authenticate({
    authorization: request.headers.authorization,
    address: request.socket.remoteAddress ?? '',
    uri,
  });
  const question = uri.indexOf('?');
  const rawPath = question < 0 ? uri : uri.slice(0, question);
  const parameters = parseQueryString(question < 0 ? '' : uri.slice(question + 1));
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  const { answer: mediaType, wantsJson } = mediaTypes(request.headers, hasBody);
  present({ pretty: parameters.boolean('pretty') ?? false, filters: parameters.list('filter_path'), mediaType });
  checkFormat(parameters.string('format'));
  const method = request.method ?? 'GET';
  const found = context.router(method, rawPath);
  if (found.route === undefined) return noRoute(method, uri, rawPath, found.allowed);
  parameters.check(rawPath, found.route.parameters ?? []);
  if (request.headers.expect !== undefined) response.writeContinue();
  const { body, release } = await readBody(request, context.budget);
  try {
    return await found.route.handler({ method, path: found.path, parameters, body, user, wantsJson }, context.node);
  } finally {
    release();
  }
}

function noRoute(method: string, uri: string, path: string, allowed: readonly string[]): Answer {
  if (method === 'OPTIONS' && allowed.length > 0)
    return { status: 200, body: { text: '' }, headers: { allow: allowed.join(',') } };
  const api = unsupportedApi(path);
  if (api !== undefined && allowed.length === 0) throw unsupported(`the API [${method} ${api}]`);
  if (allowed.length === 0) {
    return { status: 400, body: { value: { error: `no handler found for uri [${uri}] and method [${method}]` } } };
  }
  const error = `Incorrect HTTP method for uri [${uri}] and method [${method}], allowed: [${allowed.join(', ')}]`;
  return { status: 405, body: { value: { error, status: 405 } }, headers: { allow: allowed.join(',') } };
}

function failure(error: ElasticError): Answer {
  const header = error.details['header'] as Record<string, string> | undefined;
  return { status: error.status, body: { value: errorBody(error) }, ...(header && { headers: header }) };
}
