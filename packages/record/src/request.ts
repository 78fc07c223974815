import type { IncomingMessage } from 'node:http';
import type { AccessEvent } from './event.ts';
import { redactUrl, type SecretName } from './redact.ts';
import { readDomain, readTarget } from './target.ts';

/** What is known of a request before it is answered. */
export type RequestDescription = Pick<
  AccessEvent,
  'method' | 'httpVersion' | 'path' | 'query' | 'domain' | 'userAgent' | 'referrer' | 'traceId' | 'requestBytes'
> & { path: string };

/** Node takes 16 KB of headers; Elasticsearch refuses a document for a keyword of more than 32 KB. */
const TEXT_LIMIT = 4096;

/** Reads from a request what may be recorded: of the headers only Host, User-Agent, Referer and traceparent. */
export function describeRequest(request: IncomingMessage, target: string, isSecret: SecretName): RequestDescription {
  const { headers } = request;
  const { path, query, domain } = readTarget(target, isSecret);
  const referrer = headers.referer;
  return {
    method: request.method ?? '-',
    httpVersion: request.httpVersion,
    path: cut(path),
    query: cut(query),
    domain: cut(domain ?? readDomain(headers.host)),
    userAgent: cut(headers['user-agent']),
    referrer: referrer === undefined ? undefined : cut(redactUrl(referrer, isSecret)),
    traceId: readTraceId(headers['traceparent']),
    requestBytes: readLength(headers['content-length']),
  };
}

function cut(text: string): string;
function cut(text: string | undefined): string | undefined;
function cut(text: string | undefined): string | undefined {
  return text !== undefined && text.length > TEXT_LIMIT ? `${text.slice(0, TEXT_LIMIT)}…` : text;
}

/** The trace id of a W3C `traceparent`, `00-<trace id>-<parent id>-<flags>`; all zeros is none. */
function readTraceId(header: string | string[] | undefined): string | undefined {
  const [, traceId] = /^[\da-f]{2}-(?!0{32})([\da-f]{32})-[\da-f]{16}-[\da-f]{2}/.exec(String(header)) ?? [];
  return traceId;
}

/** A Content-Length header as a number of bytes. */
export function readLength(header: unknown): number | undefined {
  const text = String(header ?? '');
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
