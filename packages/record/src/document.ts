import { isIP } from 'node:net';
import type { AccessEvent, Level, Verdict } from './event.ts';

/** A document under Elastic Common Schema 8.11 names, nested; absent fields are absent. */
export type AccessDocument = { [field: string]: AccessDocumentValue };
export type AccessDocumentValue = string | number | string[] | AccessDocument;

type Draft = { [field: string]: string | number | string[] | Draft | undefined };

const SEVERITIES: Record<Level, number> = { info: 6, warning: 4, error: 3 };

/** The ECS document of an event: see https://www.elastic.co/guide/en/ecs/8.11/ecs-field-reference.html */
export function toDocument(event: AccessEvent): AccessDocument {
  // An `ip` field refuses a whole document for a host name in it.
  const ip = event.clientIp !== undefined && isIP(event.clientIp) > 0 ? event.clientIp : undefined;
  return dropAbsent({
    '@timestamp': new Date(event.timestamp).toISOString(),
    message: event.message,
    ecs: { version: '8.11' },
    log: { level: event.level },
    event: describeEvent(event),
    http: {
      version: event.httpVersion,
      request: { method: event.method, referrer: event.referrer, body: { bytes: event.requestBytes } },
      response: { status_code: event.status, body: { bytes: event.responseBytes } },
      route: event.route,
    },
    url: { path: event.path, query: event.query, domain: event.domain },
    gatelog: { page: event.page },
    client: { ip },
    source: { ip },
    user_agent: { original: event.userAgent },
    user: { name: event.userName },
    trace: { id: event.traceId },
  });
}

function describeEvent(event: AccessEvent): Draft {
  const unauthorized = isUnauthorized(event.verdict);
  return {
    id: event.id,
    kind: 'event',
    category: unauthorized ? ['web', 'intrusion_detection'] : ['web'],
    type: ['access', event.verdict === 'refused' || event.verdict === 'unknown' ? 'denied' : 'allowed'],
    outcome: event.outcome,
    action: unauthorized ? 'unauthorized' : 'authorized',
    severity: SEVERITIES[event.level],
    duration: event.duration,
  };
}

function isUnauthorized(verdict: Verdict): boolean {
  return verdict !== 'authorized' && verdict !== 'failed';
}

function dropAbsent(draft: Draft): AccessDocument {
  const document: AccessDocument = {};
  for (const [field, value] of Object.entries(draft)) {
    if (value === undefined) continue;
    if (typeof value !== 'object' || Array.isArray(value)) {
      document[field] = value;
      continue;
    }
    const group = dropAbsent(value);
    if (Object.keys(group).length > 0) document[field] = group;
  }
  return document;
}
