import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { Settings } from '../settings/settings.ts';
import { isLoopback, parseStoreUrl, storeConnection } from './connection.ts';
import { defaultCredentials } from './credentials.ts';

const PEM = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';

let home: string;
let data: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'gatelog-home-'));
  data = join(home, 'gatelog');
  await mkdir(join(data, 'certs'), { recursive: true });
});

describe('the address of a store', () => {
  test.each([
    ['localhost:9200', 'it must begin with https:// or http://'],
    ['nonsense', 'it is not a URL'],
    ['ftp://host', 'it must begin with https:// or http://'],
    ['https://elastic:secret@host:9200', 'it must not hold a user or a password'],
    ['https://host:9200/?pretty', 'it must not hold a query'],
  ])('%s is refused, and no password is repeated', (text, reason) => {
    expect(() => parseStoreUrl(text)).toThrow(reason);
    expect(() => parseStoreUrl(text)).not.toThrow('secret');
  });

  test.each([
    ['localhost', true],
    ['127.0.0.1', true],
    ['127.8.8.8', true],
    ['[::1]', true],
    ['127.0.0.1.example.com', false],
    ['localhost.example.com', false],
    ['10.0.0.1', false],
  ])('%s is this machine: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});

describe('the credential', () => {
  test.each([
    ['the API key before all', { ELASTIC_API_KEY: 'a2V5', ELASTIC_PASSWORD: 'p' }, undefined, 'ApiKey a2V5'],
    ['the password for elastic', { ELASTIC_PASSWORD: 'p' }, undefined, `Basic ${btoa('elastic:p')}`],
    ['the password for the user named', { ELASTIC_PASSWORD: 'p' }, 'me', `Basic ${btoa('me:p')}`],
    ['nothing', {}, undefined, undefined],
  ])('is %s', async (_, environment, user, header) => {
    const { credential } = await connection({ user }, environment);
    expect(credential.header).toBe(header);
  });

  test('of the file is for a store on this machine only', async () => {
    await writeCredentials('{"user":"elastic","password":"p"}');
    expect((await connection({})).credential.header).toBe(`Basic ${btoa('elastic:p')}`);
    expect((await connection({ url: 'https://far.example:9200' })).credential.header).toBeUndefined();
    expect((await connection({ user: 'other' })).credential.header).toBeUndefined();
  });

  test('file that others may read is refused', async () => {
    await writeCredentials('{"user":"elastic","password":"p"}', 0o640);
    await expect(defaultCredentials(environmentWith({}))).rejects.toMatchObject({
      code: 'GATELOG_STORE_CREDENTIALS_EXPOSED',
    });
  });

  test.each(['{"user":"elastic"}', 'secret words', '[]'])(
    'file with %s in it is refused, unquoted',
    async (content) => {
      await writeCredentials(content);
      const failing = defaultCredentials(environmentWith({}));
      await expect(failing).rejects.toMatchObject({ code: 'GATELOG_STORE_CREDENTIALS_INVALID' });
      await expect(failing).rejects.toSatisfy((error) => !JSON.stringify(error).includes('secret words'));
    },
  );
});

describe('the authority', () => {
  test("is the embedded engine's own for a store on this machine only", async () => {
    await writeFile(join(data, 'certs', 'http_ca.crt'), PEM);
    expect((await connection({})).certificateAuthority).toBe(PEM);
    expect(await connection({ url: 'https://far.example:9200' })).not.toHaveProperty('certificateAuthority');
  });

  test('that is named and cannot be read, or is no PEM, is refused', async () => {
    const file = join(home, 'ca');
    await expect(connection({ cacert: file })).rejects.toMatchObject({ code: 'GATELOG_STORE_CA_UNREADABLE' });
    await writeFile(file, 'der');
    await expect(connection({ cacert: file })).rejects.toThrow('there is no PEM certificate in it');
  });

  test('fingerprint is taken with and without colons, and nothing else', async () => {
    const pinned = await connection({ 'ca-fingerprint': Array.from({ length: 32 }, () => 'ab').join(':') });
    expect(pinned.fingerprint).toBe('AB'.repeat(32));
    await expect(connection({ 'ca-fingerprint': 'abc' })).rejects.toMatchObject({ code: 'GATELOG_SETTING_INVALID' });
  });
});

function connection(given: Record<string, string | undefined>, environment: NodeJS.ProcessEnv = {}) {
  const defaults = { url: 'https://localhost:9200', user: undefined, cacert: undefined, 'ca-fingerprint': undefined };
  return storeConnection(
    new Settings(new Map(Object.entries({ ...defaults, ...given }))),
    environmentWith(environment),
  );
}

function environmentWith(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { XDG_DATA_HOME: home, ...environment };
}

async function writeCredentials(content: string, mode = 0o600): Promise<void> {
  await writeFile(join(data, 'credentials'), content);
  await chmod(join(data, 'credentials'), mode);
}
