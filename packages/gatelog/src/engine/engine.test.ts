import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultCredentials } from '../elastic/credentials.ts';
import { credentialsFile, writeCredentials } from './credentials-file.ts';
import { listenError } from './listen-error.ts';

test('credentials are readable by their owner alone, and are what local commands read', async () => {
  const home = mkdtempSync(join(tmpdir(), 'gatelog-engine-'));
  const data = join(home, 'gatelog');
  await writeCredentials(data, 'first');
  await writeCredentials(data, 'second "quoted"');
  expect(statSync(credentialsFile(data)).mode & 0o777).toBe(0o600);
  expect(statSync(data).mode & 0o777).toBe(0o700);
  expect(readdirSync(data)).toEqual(['credentials']);
  expect(await defaultCredentials({ XDG_DATA_HOME: home })).toEqual({ user: 'elastic', password: 'second "quoted"' });
  expect(readFileSync(credentialsFile(data), 'utf8')).toMatch(/\n$/);
});

test.each<[string, { code: string; syscall?: string; cause?: object }, string | undefined]>([
  ['a port that is taken', { code: 'EADDRINUSE' }, 'GATELOG_LISTEN_PORT_IN_USE'],
  ['a port that needs a privilege', { code: 'EACCES', syscall: 'listen' }, 'GATELOG_LISTEN_FAILED'],
  ['such a port, as the engine says it', { code: 'EACCES', cause: { syscall: 'listen' } }, 'GATELOG_LISTEN_FAILED'],
  ['an address of another machine', { code: 'EADDRNOTAVAIL' }, 'GATELOG_LISTEN_FAILED'],
  ['a folder that is forbidden', { code: 'EACCES', syscall: 'mkdir' }, undefined],
  ['anything else', { code: 'EIO' }, undefined],
])('%s', (_, error, expected) => {
  const { cause, ...members } = error;
  const failure = Object.assign(new Error('it failed', { cause: Object.assign(new Error('why'), cause) }), members);
  const known = listenError(failure, { host: 'h', port: 1, option: '--port' });
  expect(known?.code).toBe(expected);
});
