import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { secretNames } from './redact.ts';
import { describeRequest } from './request.ts';

function describe(target: string, headers: Record<string, string> = {}): ReturnType<typeof describeRequest> {
  const request = new IncomingMessage(new Socket());
  Object.assign(request, { method: 'GET', httpVersion: '1.1' });
  Object.assign(request.headers, headers);
  return describeRequest(request, target, secretNames());
}

it.each([
  ['/', { path: '/', query: undefined }],
  ['/a?', { path: '/a', query: '' }],
  ['/a?b=1?c=2', { path: '/a', query: 'b=1?c=2' }],
  ['//evil.example/a', { path: '//evil.example/a', domain: 'own.example' }],
  ['http://anna:hush@Evil.example:8080/a?b', { path: '/a', query: 'b', domain: 'evil.example' }],
  ['http://evil.example', { path: '/', domain: 'evil.example' }],
  ['http://evil.example?a', { path: '/', query: 'a', domain: 'evil.example' }],
  ['*', { path: '*' }],
  ['', { path: '/' }],
])('reads the target "%s"', (target, expected) => {
  expect(describe(target, { host: 'Own.example:80' })).toMatchObject(expected);
});

it.each([
  ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', '0af7651916cd43dd8448eb211c80319c'],
  ['00-00000000000000000000000000000000-b7ad6b7169203331-01', undefined],
  ['0af7651916cd43dd8448eb211c80319c', undefined],
])('reads the trace id of "%s"', (traceparent, expected) => {
  expect(describe('/', { traceparent }).traceId).toBe(expected);
});

it('bounds what a client may make it keep', () => {
  const long = 'x'.repeat(16_000);
  const description = describe(`/${long}?${long}`, { 'user-agent': long, referer: long, host: long });
  for (const value of Object.values(description)) expect(String(value).length).toBeLessThan(4100);
});

it('takes nothing from any other header', () => {
  const secret = 'hush';
  const headers = { authorization: secret, cookie: secret, 'x-api-key': secret, 'proxy-authorization': secret };
  expect(JSON.stringify(describe('/', headers))).not.toContain(secret);
});
