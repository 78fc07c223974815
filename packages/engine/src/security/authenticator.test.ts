import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Authenticator } from './authenticator.ts';
import { hashPassword, verifyPassword, type PasswordHash } from './password.ts';
import { resetPassword } from './reset-password.ts';
import { writeUsers } from './user-file.ts';

const header = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

describe('the authenticator', () => {
  let data: string;
  let checks: number;
  let authenticator: Authenticator;
  let elastic: PasswordHash;

  beforeAll(async () => {
    elastic = await hashPassword('correct horse');
  });

  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'gatelog-security-'));
    checks = 0;
    authenticator = new Authenticator({
      data,
      verify: (password, stored) => {
        checks++;
        return verifyPassword(password, stored);
      },
    });
    await writeUsers(data, { elastic });
  });

  afterEach(() => rmSync(data, { recursive: true }));

  const ask = (authorization: string | undefined): Promise<string> =>
    authenticator.authenticate({ authorization, address: '127.0.0.1', uri: '/_search?q=1' });

  it('checks a password once and then knows its header', async () => {
    for (let i = 0; i < 5; i++) expect(await ask(header('elastic', 'correct horse'))).toBe('elastic');
    expect(checks).toBe(1);
  });

  it('checks once for requests that come together', async () => {
    const users = await Promise.all(Array.from({ length: 20 }, () => ask(header('elastic', 'correct horse'))));
    expect(new Set(users)).toEqual(new Set(['elastic']));
    expect(checks).toBe(1);
  });

  it('never remembers a wrong password, and takes as long for a user there is not', async () => {
    for (const wrong of [
      header('elastic', 'x'),
      header('elastic', 'x'),
      header('nobody', 'x'),
      header('__proto__', 'x'),
    ]) {
      await expect(ask(wrong)).rejects.toMatchObject({ status: 401, type: 'security_exception' });
    }
    expect(checks).toBe(4);
  });

  it.each([
    [undefined, 'missing authentication credentials for REST request [/_search?q=1]'],
    ['Digest x', 'missing authentication credentials for REST request [/_search?q=1]'],
    ['Basic !!!', 'invalid basic authentication header encoding'],
    ['Basic bm9jb2xvbg==', 'invalid basic authentication header encoding'],
    [
      'ApiKey abc',
      'unable to authenticate with provided credentials and anonymous access is not allowed for this request',
    ],
    [header('elastic', 'no'), 'unable to authenticate user [elastic] for REST request [/_search?q=1]'],
  ])('refuses %s in the words of Elasticsearch', async (authorization, message) => {
    await expect(ask(authorization)).rejects.toMatchObject({
      status: 401,
      message,
      details: { header: { 'WWW-Authenticate': 'Basic realm="security", charset="UTF-8"' } },
    });
  });

  it('takes up a password that another process has reset, and drops the old one', async () => {
    await ask(header('elastic', 'correct horse'));
    const password = await resetPassword({ data });
    expect(await ask(header('elastic', password))).toBe('elastic');
    await expect(ask(header('elastic', 'correct horse'))).rejects.toMatchObject({ status: 401 });
  });

  it('takes colons and any script in a password', async () => {
    await resetPassword({ data, password: 'grüße:日本' });
    expect(await ask(header('elastic', 'grüße:日本'.normalize('NFD')))).toBe('elastic');
  });
});
