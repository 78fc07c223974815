import { gatelogError } from '../errors/gatelog-error.ts';
import type { StoreConnection } from './connection.ts';
import { excerptOf, rejection } from './rejection.ts';
import { openTransport, type RawAnswer } from './transport.ts';

/** One request of the Elasticsearch REST API. */
export interface StoreRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** Path with query, beginning with `/`; names in it already encoded (`encodeURIComponent`). */
  readonly path: string;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, as NDJSON: every line ended, the last one too. */
  readonly ndjson?: string;
  /** Milliseconds until GATELOG_STORE_TIMEOUT. @default 30_000 */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  /** Statuses of 400 and above that are an answer to the caller and not an error; `all` for every one. */
  readonly accept?: readonly number[] | 'all';
  /** Name of the index asked about, for the message when it does not exist. */
  readonly index?: string;
}

export interface StoreAnswer {
  readonly status: number;
  /** The parsed JSON; `undefined` when the answer had no body. */
  readonly body: unknown;
  /** The body to the letter, as the store sent it. */
  readonly text: string;
}

/** Speaks plain JSON and NDJSON to Elasticsearch, OpenSearch and the gatelog engine over connections it keeps open. */
export interface StoreClient {
  /** Address of the store without a trailing slash, for messages. */
  readonly url: string;
  /** Throws GATELOG_STORE_… for everything that is not an answer, and for statuses that are not accepted. */
  readonly request: (request: StoreRequest) => Promise<StoreAnswer>;
  readonly close: () => void;
}

export function storeClient(connection: StoreConnection): StoreClient {
  const url = connection.url.href.replace(/\/$/, '');
  const transport = openTransport(connection);
  return {
    url,
    request: async (request) => {
      const raw = await transport.send(request);
      const answer = readAnswer(raw, url);
      const { accept = [] } = request;
      const accepted = answer.status < 400 || accept === 'all' || accept.includes(answer.status);
      if (!accepted) throw rejection(request, answer, url, connection.credential.who);
      return answer;
    },
    close: transport.close,
  };
}

// Refusals often come from something in front of the store and are not JSON; their status says enough.
function readAnswer({ status, text }: RawAnswer, url: string): StoreAnswer {
  if (text.trim() === '') return { status, body: undefined, text };
  try {
    return { status, body: JSON.parse(text), text };
  } catch (error) {
    if (status >= 400) return { status, body: undefined, text };
    throw gatelogError('GATELOG_STORE_NOT_JSON', { url, status, excerpt: excerptOf(text) }, error);
  }
}
