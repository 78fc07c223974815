import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toSchema } from '../ship/schema.ts';
import { classic } from './classic.ts';
import type { ParsedLine } from './format.ts';

// The log this project grew from stands beside a checkout when there is one; its irregular lines are below in any case.
const SEED = new URL('../../../../../shared/seed/app.log', import.meta.url);

test.each([
  [
    '2023-11-14 10:23:01,446 - [INFO] - Authorized - GET request - on the index page - IP:127.0.0.1',
    'INFO',
    'Authorized - GET request - on the index page',
  ],
  [
    '2023-11-14 10:23:01,462 - [WARNING] - Unauthorized - POST request - at the index page - IP: 127.0.0.1',
    'WARNING',
    'Unauthorized - POST request - at the index page',
  ],
  [
    '2023-11-14 10:23:01,483 - [INFO] -  Authorized - GET request - on operation page - IP:127.0.0.1',
    'INFO',
    'Authorized - GET request - on operation page',
  ],
  [
    '2023-11-14 10:23:05,261 - [ERROR] - Unauthorized - PUT request - on the operation page - IP: 127.0.0.1',
    'ERROR',
    'Unauthorized - PUT request - on the operation page',
  ],
])('%s becomes the four keys in their order', (line, loglevel, message) => {
  const document = toSchema('classic', parse(line), 'id');
  expect(JSON.stringify(document)).toBe(
    JSON.stringify({ timestamp: line.slice(0, 23), loglevel, message, ip_address: '127.0.0.1' }),
  );
});

describe.skipIf(!existsSync(SEED))('the whole log', () => {
  test('is read to the last line, with as many of each kind as it holds', () => {
    const counts: Record<string, number> = {};
    for (const line of readFileSync(SEED, 'utf8').trimEnd().split('\n')) {
      const { event } = parse(line);
      const kind = `${event.level} ${event.method} ${event.page}`;
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    expect(counts).toEqual({
      'info GET index page': 818,
      'warning POST index page': 156,
      'warning PUT index page': 142,
      'info GET operation page': 332,
      'info POST operation page': 98,
      'error PUT operation page': 98,
    });
  });
});

test('an event of another format is written as its classic line would be', () => {
  const { event } = parse(
    '2023-11-14 10:23:05,261 - [ERROR] - Unauthorized - PUT request - on the operation page - IP: ::1',
  );
  expect(toSchema('classic', { event }, 'id')).toEqual({
    timestamp: '2023-11-14 10:23:05,261',
    loglevel: 'ERROR',
    message: 'Unauthorized - PUT request - on the operation page',
    ip_address: '::1',
  });
});

test('an ECS document carries the id it is stored under', () => {
  const line = '2023-11-14 10:23:01,446 - [INFO] - Authorized - GET request - on the index page - IP:127.0.0.1';
  expect(toSchema('ecs', parse(line), 'some-id')).toMatchObject({ event: { id: 'some-id' } });
});

function parse(line: string): ParsedLine {
  const parsed = classic.parse(line);
  if ('reason' in parsed) throw new Error(parsed.reason);
  return parsed;
}
