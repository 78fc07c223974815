import { expect, it } from 'vitest';
import type { Judgement } from './event.ts';
import { judge, type JudgedRequest } from './judge.ts';

const index = { method: 'GET', path: '/', page: 'index page', permission: 'allowed' } as const;

const CASES: [request: JudgedRequest, expected: Judgement][] = [
  [
    { ...index, status: 200 },
    {
      level: 'info',
      verdict: 'authorized',
      outcome: 'success',
      message: 'Authorized - GET request - on the index page',
    },
  ],
  [
    { ...index, method: 'POST', permission: 'warn', status: 200 },
    {
      level: 'warning',
      verdict: 'tolerated',
      outcome: 'success',
      message: 'Unauthorized - POST request - at the index page',
    },
  ],
  [
    { method: 'PUT', page: 'operation page', permission: 'refuse', status: 403 },
    {
      level: 'error',
      verdict: 'refused',
      outcome: 'failure',
      message: 'Unauthorized - PUT request - on the operation page',
    },
  ],
  [
    { method: 'GET', path: '/wp-login.php', status: 404 },
    {
      level: 'warning',
      verdict: 'unknown',
      outcome: 'failure',
      message: 'Unauthorized - GET request - on an unknown page /wp-login.php',
    },
  ],
  [
    { ...index, status: 500 },
    { level: 'error', verdict: 'failed', outcome: 'failure', message: 'Failed - GET request - on the index page' },
  ],
];

it.each(CASES)('judges %o', (request, expected) => {
  expect(judge(request)).toEqual(expected);
});

it.each([
  [{ status: 200 }, 'authorized', 'success'],
  [{ status: 302 }, 'authorized', 'success'],
  [{ status: 400 }, 'authorized', 'failure'],
  [{ status: 429 }, 'authorized', 'failure'],
  [{ status: 401 }, 'refused', 'failure'],
  [{ status: 403 }, 'refused', 'failure'],
  [{ status: 405 }, 'refused', 'failure'],
  [{ status: 404 }, 'unknown', 'failure'],
  [{ status: 404, route: '/users/:id' }, 'authorized', 'failure'],
  [{ status: 404, permission: 'allowed' }, 'authorized', 'failure'],
  [{ status: 404, permission: 'allowed', known: false }, 'unknown', 'failure'],
  [{ status: 404, permission: 'warn' }, 'tolerated', 'failure'],
  [{ status: 503, permission: 'warn' }, 'failed', 'failure'],
  [{ status: 200, permission: 'refuse' }, 'refused', 'failure'],
  [{ status: 200, failed: true }, 'failed', 'failure'],
  [{}, 'authorized', 'unknown'],
] as const)('takes %o for %s with outcome %s', (request, verdict, outcome) => {
  expect(judge({ method: 'GET', path: '/', ...request })).toMatchObject({ verdict, outcome });
});

it.each([
  [{ method: 'GET', path: '/logo.png', status: 200 }, 'Authorized - GET request - on the page /logo.png'],
  [
    { method: 'GET', path: '/users/7', route: '/users/:id', status: 200 },
    'Authorized - GET request - on the page /users/:id',
  ],
  [
    { method: 'GET', path: '/a - IP: 6.6.6.6', status: 404 },
    'Unauthorized - GET request - on an unknown page /a\\x20-\\x20IP:\\x206.6.6.6',
  ],
  [{ method: 'G\r\nET', path: '/', status: 200 }, 'Authorized - G\\x0d\\x0aET request - on the page /'],
  [{ method: '', status: 404 }, 'Unauthorized - - request - on an unknown page -'],
])('writes the message of %o', (request, message) => {
  expect(judge(request).message).toBe(message);
});

it('bounds the message of a long path', () => {
  expect(judge({ method: 'GET', path: `/${'%20'.repeat(5000)}`, status: 404 }).message.length).toBeLessThan(320);
});
