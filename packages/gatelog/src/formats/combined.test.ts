import { describe, expect, test } from 'vitest';
import { combined } from './combined.ts';

const TIME = '[10/Oct/2000:13:55:36 -0700]';

describe('a combined line', () => {
  test('gives all it carries', () => {
    expect(
      event(
        `127.0.0.1 - frank ${TIME} "GET /apache_pb.gif?size=2 HTTP/1.0" 200 2326 "http://example.com/start" "Mozilla/4.08 [en]"`,
      ),
    ).toEqual({
      timestamp: Date.UTC(2000, 9, 10, 20, 55, 36),
      clientIp: '127.0.0.1',
      userName: 'frank',
      method: 'GET',
      path: '/apache_pb.gif',
      query: 'size=2',
      httpVersion: '1.0',
      status: 200,
      responseBytes: 2326,
      referrer: 'http://example.com/start',
      userAgent: 'Mozilla/4.08 [en]',
      level: 'info',
      verdict: 'authorized',
      outcome: 'success',
      message: 'Authorized - GET request - on the page /apache_pb.gif',
    });
  });

  test.each([
    ['an offset of hours and minutes', '[01/Mar/2024:00:10:00 +0545]', Date.UTC(2024, 1, 29, 18, 25)],
    ['no offset', '[31/Dec/1999:23:59:59 +0000]', Date.UTC(1999, 11, 31, 23, 59, 59)],
  ])('has its time with %s', (_, time, expected) => {
    expect(event(`::1 - - ${time} "GET / HTTP/1.1" 200 5`)['timestamp']).toBe(expected);
  });

  test.each([
    ['the common format', `h - - ${TIME} "GET / HTTP/1.1" 200 5`, { path: '/', responseBytes: 5 }],
    ['IPv6', `2001:db8::7 - - ${TIME} "GET / HTTP/2.0" 200 5 "-" "-"`, { clientIp: '2001:db8::7', httpVersion: '2.0' }],
    ['no bytes', `h - - ${TIME} "GET / HTTP/1.1" 304 - "-" "-"`, { status: 304 }],
    ['a user with a space', `h - John Doe ${TIME} "GET / HTTP/1.1" 200 5 "-" "-"`, { userName: 'John Doe' }],
    ['more behind the agent', `h - - ${TIME} "GET / HTTP/1.1" 200 5 "-" "a" "10.0.0.1" 0.012`, { userAgent: 'a' }],
    [
      'quotes as Apache writes them',
      `h - - ${TIME} "GET / HTTP/1.1" 200 5 "-" "a \\"b\\" c"`,
      { userAgent: 'a "b" c' },
    ],
    ['quotes as nginx writes them', `h - - ${TIME} "GET / HTTP/1.1" 200 5 "-" "a \\x22b\\x22"`, { userAgent: 'a "b"' }],
    ['bytes of UTF-8', `h - - ${TIME} "GET /\\xc3\\xa9 HTTP/1.1" 200 5 "-" "-"`, { path: '/é' }],
    ['bytes of no UTF-8', `h - - ${TIME} "GET / HTTP/1.1" 200 5 "-" "\\xe4\\xe5"`, { userAgent: '\\xe4\\xe5' }],
    ['a control character', `h - - ${TIME} "GET / HTTP/1.1" 200 5 "-" "\\x1b[31m"`, { userAgent: '\\x1b[31m' }],
    ['a secret', `h - - ${TIME} "GET /a?token=s3cret&b=1 HTTP/1.1" 200 5 "-" "-"`, { query: 'token=[redacted]&b=1' }],
    [
      'a secret in the referrer',
      `h - - ${TIME} "GET / HTTP/1.1" 200 5 "https://x/?key=s" "-"`,
      { referrer: 'https://x/?key=[redacted]' },
    ],
    [
      'an absolute target',
      `h - - ${TIME} "GET http://Evil.example/x HTTP/1.1" 404 5 "-" "-"`,
      { path: '/x', domain: 'evil.example' },
    ],
    [
      'a TLS greeting',
      `h - - ${TIME} "\\x16\\x03\\x01" 400 157 "-" "-"`,
      { method: '-', path: '\\x16\\x03\\x01', verdict: 'unknown' },
    ],
    ['nothing but a connection', `h - - ${TIME} "-" 408 - "-" "-"`, { method: '-', status: 408 }],
    ['an empty request', `h - - ${TIME} "" 400 0 "-" "-"`, { method: '-', status: 400 }],
  ])('with %s is read', (_, line, expected) => {
    expect(event(line)).toMatchObject(expected);
  });

  test('says nothing of what is absent', () => {
    const { userName, referrer, userAgent, query } = event(`h - - ${TIME} "GET / HTTP/1.1" 200 5 "-" "-"`);
    expect([userName, referrer, userAgent, query]).toEqual([undefined, undefined, undefined, undefined]);
  });

  test.each([
    [200, 'info'],
    [301, 'info'],
    [400, 'info'],
    [401, 'error'],
    [403, 'error'],
    [404, 'warning'],
    [405, 'error'],
    [500, 'error'],
  ])('of status %d has the level %s', (status, level) => {
    expect(event(`h - - ${TIME} "GET /x HTTP/1.1" ${status} 5 "-" "-"`)).toMatchObject({ level });
  });
});

test.each([
  ['words', 'dear diary'],
  ['a time that does not exist', 'h - - [31/Feb/2024:00:00:00 +0000] "GET / HTTP/1.1" 200 5'],
  ['a month that does not exist', 'h - - [01/Foo/2024:00:00:00 +0000] "GET / HTTP/1.1" 200 5'],
  ['a line cut short', `h - - ${TIME} "GET / HTTP/1.1" 200 5 "htt`],
  ['a classic line', '2023-11-14 10:23:01,446 - [INFO] - Authorized - GET request - on the index page - IP:127.0.0.1'],
])('%s is no combined line, with a reason', (_, line) => {
  expect(combined.parse(line)).toEqual({ reason: expect.any(String) });
});

test('a hostile line of a megabyte is read, or refused, in linear time', () => {
  const long = 'a '.repeat(500_000);
  const started = performance.now();
  for (const line of [long, `h - ${long}[`, `h - - ${TIME} "${long}`, `h - - ${TIME} "${'\\"'.repeat(500_000)}`]) {
    combined.parse(line);
  }
  expect(performance.now() - started).toBeLessThan(2_000);
});

/** The event of a line, without the fields that are undefined. */
function event(line: string): Record<string, unknown> {
  const parsed = combined.parse(line);
  if ('reason' in parsed) throw new Error(parsed.reason);
  return Object.fromEntries(Object.entries(parsed.event).filter(([, value]) => value !== undefined));
}
