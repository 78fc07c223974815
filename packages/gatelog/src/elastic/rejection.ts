import { gatelogError, type GatelogError } from '../errors/gatelog-error.ts';
import type { StoreAnswer, StoreRequest } from './client.ts';

/** The error for an answer of status 400 or above: each with what the person can do about it. */
export function rejection(request: StoreRequest, answer: StoreAnswer, url: string, who: string): GatelogError {
  const { status } = answer;
  const reason = reasonOfRejection(answer);
  const cause = new Error(`${request.method} ${request.path}: ${answer.text.slice(0, 10_000)}`);
  if (status === 401) return gatelogError('GATELOG_STORE_UNAUTHENTICATED', { url, who }, cause);
  if (status === 403) return gatelogError('GATELOG_STORE_FORBIDDEN', { url, who, reason }, cause);
  if (status === 404 && reason.startsWith('index_not_found_exception')) {
    return gatelogError('GATELOG_STORE_NO_INDEX', { url, index: request.index ?? reason }, cause);
  }
  const [path = request.path] = request.path.split('?');
  return gatelogError('GATELOG_STORE_REJECTED', { url, status, request: `${request.method} ${path}`, reason }, cause);
}

/** `type: reason` of the store's error body, with the innermost cause when it says more; else the start of the text. */
export function reasonOfRejection({ body, text }: Pick<StoreAnswer, 'body' | 'text'>): string {
  const error = field(body, 'error');
  return typeof error === 'string' ? error : (describeError(error) ?? (excerptOf(text) || 'no reason given'));
}

/** `type: reason` of an error object as it stands in bodies and in bulk items, or undefined when it is none. */
export function describeError(error: unknown): string | undefined {
  const type = field(error, 'type');
  const reason = field(error, 'reason');
  if (typeof type !== 'string') return undefined;
  const cause = field(error, 'caused_by') ?? firstFailure(error);
  const inner = field(cause, 'reason');
  const own = typeof reason === 'string' ? `${type}: ${reason}` : type;
  return typeof inner === 'string' && inner !== reason ? `${own} (${inner})` : own;
}

/** The start of a text as one line, for messages. */
export function excerptOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 120)}…` : line;
}

// A search that fails in a shard keeps the reason there ("all shards failed" says nothing).
function firstFailure(error: unknown): unknown {
  const failures = field(error, 'failed_shards');
  return Array.isArray(failures) ? field(failures[0], 'reason') : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
