import type { AccessEvent, Judgement, Level, Outcome, Verdict } from './event.ts';
import { judge } from './judge.ts';

/**
 * The event of an ECS document, its fields nested or dotted. Undefined without a time and a method. A document that
 * says nothing of authorisation is judged by its status.
 */
export function fromDocument(document: unknown): AccessEvent | undefined {
  const text = (field: string): string | undefined => asText(find(document, field));
  const number = (field: string): number | undefined => asNumber(find(document, field));
  const timestamp = readTime(find(document, '@timestamp'));
  const method = text('http.request.method');
  if (timestamp === undefined || method === undefined) return undefined;
  const facts = {
    method,
    status: number('http.response.status_code'),
    path: text('url.path'),
    route: text('http.route'),
    page: text('gatelog.page'),
  };
  return {
    timestamp,
    ...facts,
    ...(readJudgement(document) ?? judge(facts)),
    duration: number('event.duration'),
    httpVersion: text('http.version'),
    requestBytes: number('http.request.body.bytes'),
    responseBytes: number('http.response.body.bytes'),
    query: text('url.query'),
    domain: text('url.domain'),
    clientIp: text('client.ip') ?? text('source.ip'),
    userAgent: text('user_agent.original'),
    referrer: text('http.request.referrer'),
    userName: text('user.name'),
    traceId: text('trace.id'),
    id: text('event.id'),
  };
}

function readJudgement(document: unknown): Judgement | undefined {
  const text = (field: string): string | undefined => asText(find(document, field));
  const level = text('log.level')?.toLowerCase();
  const action = text('event.action');
  const message = text('message');
  const denied = [find(document, 'event.type')].flat().includes('denied');
  if (!isLevel(level) || message === undefined) return undefined;
  const verdict = readVerdict(level, action, denied);
  if (verdict === undefined) return undefined;
  const outcome = text('event.outcome');
  return { level, verdict, outcome: isOutcome(outcome) ? outcome : 'unknown', message };
}

function readVerdict(level: Level, action: string | undefined, denied: boolean): Verdict | undefined {
  if (action === 'authorized') return level === 'error' ? 'failed' : 'authorized';
  if (action !== 'unauthorized') return undefined;
  if (level === 'error') return 'refused';
  return denied ? 'unknown' : 'tolerated';
}

function isLevel(value: string | undefined): value is Level {
  return value === 'info' || value === 'warning' || value === 'error';
}

function isOutcome(value: string | undefined): value is Outcome {
  return value === 'success' || value === 'failure' || value === 'unknown';
}

function readTime(value: unknown): number | undefined {
  const time = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isFinite(time) ? time : undefined;
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Looks a field up under its dotted name and at every way of nesting it. */
function find(document: unknown, field: string): unknown {
  if (typeof document !== 'object' || document === null) return undefined;
  if (Object.hasOwn(document, field)) return (document as Record<string, unknown>)[field];
  for (let dot = field.indexOf('.'); dot !== -1; dot = field.indexOf('.', dot + 1)) {
    const group = field.slice(0, dot);
    if (!Object.hasOwn(document, group)) continue;
    const found = find((document as Record<string, unknown>)[group], field.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}
