import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ElasticError } from '../errors.ts';

/** Elasticsearch's `http.max_content_length`: 100 MB. */
export const LARGEST_BODY: number = 100 * 1024 * 1024;

const unzip = promisify(gunzip);

/**
 * Keeps the bodies of all requests together below a limit: each may be 100 MB, and many may come at once.
 * @throws ElasticError 429 `circuit_breaking_exception` from `take`, which clients retry.
 */
export class BodyBudget {
  private used = 0;
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  take(bytes: number): void {
    if (this.used + bytes > this.limit) {
      throw new ElasticError(
        429,
        'circuit_breaking_exception',
        `[in_flight_requests] the bodies of all requests would take [${this.used + bytes}] bytes, which is larger than the limit of [${this.limit}]`,
        { details: { bytes_wanted: this.used + bytes, bytes_limit: this.limit, durability: 'TRANSIENT' } },
      );
    }
    this.used += bytes;
  }

  release(bytes: number): void {
    this.used -= bytes;
  }
}

/** The body, decompressed, and what to call when it is no longer needed. @throws ElasticError 413, 429, 400 for a body that is not the gzip it says. */
export async function readBody(
  request: IncomingMessage,
  budget: BodyBudget,
): Promise<{ readonly body: Buffer; readonly release: () => void }> {
  let taken = 0;
  const take = (bytes: number): void => {
    budget.take(bytes);
    taken += bytes;
  };
  const release = (): void => budget.release(taken);
  try {
    checkLength(Number(request.headers['content-length'] ?? 0));
    const body = await collect(request, take);
    const plain = await decompress(body, request.headers['content-encoding'], take);
    // Stored as it came, it would make every answer that shows it unreadable.
    if (!isUtf8(plain)) throw new ElasticError(400, 'parse_exception', 'the request body is not valid UTF-8');
    return { body: plain, release };
  } catch (error) {
    release();
    throw error;
  }
}

async function collect(request: IncomingMessage, take: (bytes: number) => void): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  // The stream must outlive an error: the answer goes out on the same socket.
  const body = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const chunk of body) {
    length += chunk.length;
    checkLength(length);
    take(chunk.length);
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length);
}

async function decompress(body: Buffer, encoding: string | undefined, take: (bytes: number) => void): Promise<Buffer> {
  if (encoding === undefined || encoding === 'identity' || body.length === 0) return body;
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    throw new ElasticError(
      415,
      'illegal_argument_exception',
      `Content-Encoding [${encoding}] is not supported, use gzip`,
    );
  }
  try {
    const plain = await unzip(body, { maxOutputLength: LARGEST_BODY });
    take(plain.length);
    return plain;
  } catch (error) {
    if (error instanceof ElasticError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new ElasticError(400, 'parse_exception', `the request body is not valid gzip: ${(error as Error).message}`);
  }
}

function checkLength(length: number): void {
  if (length > LARGEST_BODY) throw tooLarge();
}

function tooLarge(): ElasticError {
  return new ElasticError(413, 'content_too_long_exception', `the request body is longer than ${LARGEST_BODY} bytes`);
}
