import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AccessEvent, RequestFacts } from '../event.ts';
import { judge } from '../judge.ts';
import { formatClassic } from './classic.ts';
import { parseClassic, splitClassic } from './parse-classic.ts';

const LINES: [line: string, expected: Partial<AccessEvent>][] = [
  [
    '2023-11-14 10:23:01,446 - [INFO] - Authorized - GET request - on the index page - IP:127.0.0.1',
    { level: 'info', verdict: 'authorized', method: 'GET', page: 'index page' },
  ],
  [
    '2023-11-14 10:23:01,446 - [INFO] -  Authorized - GET request - on operation page - IP:127.0.0.1',
    {
      level: 'info',
      verdict: 'authorized',
      page: 'operation page',
      message: 'Authorized - GET request - on operation page',
    },
  ],
  [
    '2023-11-14 10:23:01,446 - [WARNING] - Unauthorized - POST request - at the index page - IP: 127.0.0.1',
    { level: 'warning', verdict: 'tolerated', outcome: 'success', method: 'POST', page: 'index page' },
  ],
  [
    '2023-11-14 10:23:01,446 - [ERROR] - Unauthorized - PUT request - on the operation page - IP:127.0.0.1',
    { level: 'error', verdict: 'refused', outcome: 'failure', page: 'operation page' },
  ],
  [
    '2023-11-14 10:23:01,446 - [WARNING] - Unauthorized - GET request - on an unknown page /wp-login.php - IP: 127.0.0.1',
    { level: 'warning', verdict: 'unknown', path: '/wp-login.php' },
  ],
  [
    '2023-11-14 10:23:01,446 - [ERROR] - Failed - GET request - on the page /users/:id - IP: 127.0.0.1',
    { level: 'error', verdict: 'failed', route: '/users/:id' },
  ],
];

it.each(LINES)('reads %s', (line, expected) => {
  const timestamp = new Date(2023, 10, 14, 10, 23, 1, 446).getTime();
  expect(parseClassic(line)).toMatchObject({ timestamp, clientIp: '127.0.0.1', ...expected });
});

it.each([
  '',
  'Server started',
  '2023-11-14 10:23:01,446 - [INFO] - Server started - IP: -',
  '2023-02-31 10:23:01,446 - [INFO] - Authorized - GET request - on the index page - IP: 127.0.0.1',
  '2023-11-14 10:23:01,446 - [DEBUG] - Authorized - GET request - on the index page - IP: 127.0.0.1',
  '2023-11-14 10:23:01,446 - [ERROR] - Authorized - GET request - on the index page - IP: 127.0.0.1',
])('does not take "%s" for a request', (line) => {
  expect(parseClassic(line)).toBeUndefined();
});

it('keeps the parts of a line as they are written', () => {
  expect(splitClassic('2023-11-14 10:23:01,446 - [INFO] -  Hello - IP: somewhere')).toEqual({
    time: '2023-11-14 10:23:01,446',
    level: 'INFO',
    message: 'Hello',
    ip: 'somewhere',
  });
});

it('takes time in proportion to the length of a line', () => {
  const start = performance.now();
  for (const piece of [' ', ' - ', ' - IP: ', ' - IP:x', 'Authorized - ']) {
    parseClassic(`2023-11-14 10:23:01,446 - [INFO] -${piece.repeat(100_000 / piece.length)}x y`);
  }
  expect(performance.now() - start).toBeLessThan(1000);
});

const hostile = fc.string({ unit: 'binary', maxLength: 40 });
const page = fc.constantFrom('index page', 'operation page', 'the vault', 'login - IP: 6.6.6.6');
const facts: fc.Arbitrary<RequestFacts> = fc.record(
  {
    method: fc.oneof(
      fc.constantFrom('GET', 'POST', 'PUT'),
      hostile.filter((text) => /^\P{Z}{1,5}$/u.test(text)),
    ),
    status: fc.constantFrom(200, 302, 401, 403, 404, 405, 500),
    path: hostile.map((text) => `/${text.replaceAll('*', '').replaceAll('/:', '')}`),
    page,
  },
  { requiredKeys: ['method', 'status', 'path'] },
);

it('reads back what the line carries of any event, whatever the client sent', () => {
  fc.assert(
    fc.property(facts, fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }), (request, time) => {
      const event = { timestamp: time.getTime(), ...request, ...judge(request), clientIp: '192.0.2.7' };
      const line = formatClassic(event);
      expect(line.split(/[\r\n\u0085\u2028\u2029]/)).toHaveLength(1);
      const { timestamp, level, verdict, message, method, clientIp } = event;
      const carried =
        verdict === 'unknown' || request.page === undefined ? { path: request.path } : { page: request.page };
      expect(parseClassic(line)).toMatchObject({ timestamp, level, verdict, message, method, clientIp, ...carried });
    }),
    { numRuns: 1000 },
  );
});
