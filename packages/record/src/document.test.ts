import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { toDocument } from './document.ts';
import type { AccessEvent } from './event.ts';
import { formatEcs, parseEcs } from './formats/ecs.ts';
import { judge, type JudgedRequest } from './judge.ts';
import { fromDocument } from './read-document.ts';

const timestamp = Date.UTC(2023, 10, 14, 10, 23, 1, 446);

it('has every field under its ECS name', () => {
  const facts = { method: 'POST', status: 200, path: '/', route: '/', page: 'index page' };
  const event: AccessEvent = {
    timestamp,
    ...facts,
    ...judge({ ...facts, permission: 'warn' }),
    duration: 1_500_000,
    httpVersion: '1.1',
    requestBytes: 3,
    responseBytes: 13,
    query: 'a=1',
    domain: 'example.com',
    clientIp: '192.0.2.7',
    userAgent: 'probe/1',
    referrer: 'https://example.com/',
    userName: 'anna',
    traceId: '0af7651916cd43dd8448eb211c80319c',
    id: 'abc',
  };
  expect(toDocument(event)).toEqual({
    '@timestamp': '2023-11-14T10:23:01.446Z',
    message: 'Unauthorized - POST request - at the index page',
    ecs: { version: '8.11' },
    log: { level: 'warning' },
    event: {
      id: 'abc',
      kind: 'event',
      category: ['web', 'intrusion_detection'],
      type: ['access', 'allowed'],
      outcome: 'success',
      action: 'unauthorized',
      severity: 4,
      duration: 1_500_000,
    },
    http: {
      version: '1.1',
      request: { method: 'POST', referrer: 'https://example.com/', body: { bytes: 3 } },
      response: { status_code: 200, body: { bytes: 13 } },
      route: '/',
    },
    url: { path: '/', query: 'a=1', domain: 'example.com' },
    gatelog: { page: 'index page' },
    client: { ip: '192.0.2.7' },
    source: { ip: '192.0.2.7' },
    user_agent: { original: 'probe/1' },
    user: { name: 'anna' },
    trace: { id: '0af7651916cd43dd8448eb211c80319c' },
  });
});

it.each([
  [{ status: 200 }, ['web'], 'allowed', 'success', 'authorized', 6],
  [{ status: 403 }, ['web', 'intrusion_detection'], 'denied', 'failure', 'unauthorized', 3],
  [{ status: 404 }, ['web', 'intrusion_detection'], 'denied', 'failure', 'unauthorized', 4],
  [{ status: 500 }, ['web'], 'allowed', 'failure', 'authorized', 3],
])('categorises %o', (facts, category, type, outcome, action, severity) => {
  const request = { method: 'GET', path: '/x', ...facts };
  const document = toDocument({ timestamp, ...request, ...judge(request) });
  expect(document['event']).toEqual({ kind: 'event', category, type: ['access', type], outcome, action, severity });
});

it('leaves out a client that has a name instead of an address', () => {
  const document = toDocument({ timestamp, method: 'GET', ...judge({ method: 'GET' }), clientIp: 'client.example' });
  expect(document).not.toHaveProperty('client');
  expect(document).not.toHaveProperty('source');
});

const text = fc.string({ unit: 'binary', maxLength: 20 });
const bytes = fc.maxSafeNat();
const request: fc.Arbitrary<JudgedRequest> = fc.record(
  {
    method: text,
    status: fc.integer({ min: 100, max: 599 }),
    permission: fc.constantFrom('allowed', 'warn', 'refuse'),
    path: text,
    route: text,
    page: text,
  },
  { requiredKeys: ['method'] },
);
const rest = fc.record(
  {
    duration: bytes,
    httpVersion: text,
    requestBytes: bytes,
    responseBytes: bytes,
    query: text,
    domain: text,
    clientIp: fc.oneof(fc.ipV4(), fc.ipV6()),
    userAgent: text,
    referrer: text,
    userName: text,
    traceId: text,
    id: text,
  },
  { requiredKeys: [] },
);

it('gives back the same event from an ECS line, whatever the client sent', () => {
  fc.assert(
    fc.property(request, rest, fc.integer({ min: 0, max: 4e12 }), ({ permission, ...facts }, other, time) => {
      const event = { timestamp: time, ...facts, ...judge({ ...facts, permission }), ...other };
      const line = formatEcs(event);
      expect(line).not.toMatch(/[\r\n\u0085\u2028\u2029]/);
      expect(parseEcs(line)).toEqual(event);
    }),
  );
});

it('reads dotted fields as nested ones, and judges a document that does not say what became of it', () => {
  expect(
    fromDocument({
      '@timestamp': timestamp,
      'http.request.method': 'GET',
      http: { 'response.status_code': 404 },
      'url.path': '/.env',
      'source.ip': '192.0.2.7',
    }),
  ).toMatchObject({
    timestamp,
    status: 404,
    path: '/.env',
    clientIp: '192.0.2.7',
    verdict: 'unknown',
    level: 'warning',
  });
});

it.each(['', '{', '[]', 'null', '3', '{"@timestamp":"no time","http.request.method":"GET"}', '{"@timestamp":1}'])(
  'does not take %s for a request',
  (line) => {
    expect(parseEcs(line)).toBeUndefined();
  },
);
