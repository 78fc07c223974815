import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { RawJson, stringify } from '../wire/json.ts';
import { filterPath } from './filter-path.ts';
import { readJson } from './read-json.ts';
import type { Answer } from './route.ts';

export interface Presentation {
  readonly pretty: boolean;
  readonly filters: readonly string[] | undefined;
  /** Content-Type of JSON. */
  readonly mediaType: string;
}

export const PLAIN: Presentation = { pretty: false, filters: undefined, mediaType: 'application/json' };

const WORTH_COMPRESSING = 1024;
const compress = promisify(gzip);

/** Writes an answer: as JSON or as text, filtered, indented, compressed, or its headers alone to HEAD. */
export async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  presentation: Presentation,
): Promise<void> {
  const plain = bytesOf(answer, presentation);
  const zipped = plain.length > WORTH_COMPRESSING && acceptsGzip(request);
  // Level 1: the network to a client on this machine is faster than a better compression.
  const bytes = zipped ? await compress(plain, { level: 1 }) : plain;
  response.writeHead(answer.status, {
    ...PRODUCT,
    'content-type': 'text' in answer.body ? 'text/plain; charset=UTF-8' : presentation.mediaType,
    ...(zipped && { 'content-encoding': 'gzip' }),
    ...answer.headers,
    'content-length': bytes.length,
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

/** Official clients refuse to talk to a server whose answers lack it. */
const PRODUCT = { 'X-Elastic-Product': 'Elasticsearch' };

function bytesOf({ body }: Answer, { pretty, filters }: Presentation): Buffer {
  if ('text' in body) return Buffer.from(body.text);
  if ('json' in body) {
    if (!pretty && filters === undefined) return Buffer.from(body.json);
    const value = filters === undefined ? new RawJson(Buffer.from(body.json)) : readJson(body.json, { lossless: true });
    return bytesOf({ status: 0, body: { value } }, { pretty, filters, mediaType: '' });
  }
  return stringify(filters === undefined ? body.value : filterPath(body.value, filters), { pretty });
}

function acceptsGzip(request: IncomingMessage): boolean {
  const accepted = request.headers['accept-encoding'];
  return typeof accepted === 'string' && /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(accepted);
}
