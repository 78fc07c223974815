import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runMain } from '../commands/run-main.testing.ts';

const ANSWER =
  '{"hits":{"total":{"value":396,"relation":"eq"},"max_score":1.4005797,"hits":[{"_id":"a","_score":1.4005797,"_source":' +
  '{"timestamp":"2023-11-14 10:23:05,128","loglevel":"WARNING","message":"Unauthorized - POST request","ip_address":"127.0.0.1"}}]}}';

let server: Server;
let asked: string[];

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end(request.url?.endsWith('_count') ? '{"count":396}' : ANSWER);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('ELASTICSEARCH_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('ELASTIC_PASSWORD', 'p');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('--json prints the answer of the store to the letter, and the good news elsewhere', async () => {
  const { code, output, errors } = await runMain(['search', 'Unauthorized', '--index', 'my_logs', '--json']);
  expect(code).toBe(0);
  expect(output).toBe(`${ANSWER}\n`);
  expect(errors).toBe('Request successful!\n');
  expect(asked).toEqual(['POST /my_logs/_search']);
});

test('without it there is a table, and how many there are beside it', async () => {
  const { code, output, errors } = await runMain(['search', 'Unauthorized']);
  expect(code).toBe(0);
  expect(output).toBe(
    'TIME                 LEVEL    CLIENT     MESSAGE\n' +
      '2023-11-14 10:23:05  warning  127.0.0.1  Unauthorized - POST request\n',
  );
  expect(errors).toBe('396 found, 1 shown, newest first\n');
});

test('--count prints a number', async () => {
  const { code, output } = await runMain(['search', '--level', 'error', '--count']);
  expect(code).toBe(0);
  expect(output).toBe('396\n');
});

test('two forms of output at once are exit code 2, and nothing is asked', async () => {
  const { code, errors } = await runMain(['search', '--json', '--csv']);
  expect(code).toBe(2);
  expect(errors).toContain('--json and --csv cannot be used together');
  expect(asked).toEqual([]);
});
