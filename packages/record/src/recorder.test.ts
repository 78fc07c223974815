import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AccessEvent } from './event.ts';
import { parseEcs } from './formats/ecs.ts';
import { judge } from './judge.ts';
import type { RecorderOptions } from './options.ts';
import { recorder } from './recorder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatelog-recorder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const facts = { method: 'GET', status: 200, path: '/a\nb' };
const event: AccessEvent = { timestamp: 0, ...facts, ...judge(facts), clientIp: '192.0.2.7' };

async function write(options: RecorderOptions): Promise<string> {
  const file = join(folder, 'app.log');
  const own = recorder({ file, ...options });
  own.record(event);
  await own.close();
  return readFileSync(file, 'utf8');
}

it('writes classic lines by default', async () => {
  const line = / - \[INFO\] - Authorized - GET request - on the page \/a\\x0ab - IP: 192\.0\.2\.7\n$/;
  expect(await write({})).toMatch(line);
});

it('writes ECS documents, one a line', async () => {
  const text = await write({ format: 'ecs' });
  expect(text.split('\n')).toHaveLength(2);
  expect(parseEcs(text)).toEqual(event);
});

it("makes one line of whatever the app's own format returns", async () => {
  expect(await write({ format: ({ path }) => `${path}\r\n\u2028second` })).toBe('/a\\x0ab\\x0d\\x0a\\u2028second\n');
});

it.each<[RecorderOptions, string]>([
  [{ maxBytes: -1 }, 'maxBytes: -1 is not a whole number'],
  [{ backups: 1.5 }, 'backups: 1.5 is not a whole number'],
  [{ format: 'xml' as 'ecs' }, 'format: "xml" is not known'],
  [{ trustProxy: ['home'] }, 'trustProxy: "home" is neither an address nor a range'],
  [{ policy: { users: {} } }, 'The route pattern "users"'],
])('says at the start what is wrong with %o', (options, message) => {
  expect(() => recorder(options)).toThrow(message);
});
