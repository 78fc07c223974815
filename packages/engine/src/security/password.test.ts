import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatePassword, hashPassword, verifyPassword } from './password.ts';
import { resetPassword } from './reset-password.ts';
import { readUsers, userFile } from './user-file.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'gatelog-password-'));

describe('passwords', () => {
  it('that are made have twenty letters and digits', () => {
    const made = Array.from({ length: 100 }, generatePassword);
    for (const password of made) expect(password).toMatch(/^[A-Za-z\d]{20}$/);
    expect(new Set(made).size).toBe(100);
  });

  it('are kept as salted hashes only', async () => {
    const data = folder();
    const password = await resetPassword({ data });
    const text = readFileSync(userFile(data), 'utf8');
    expect(text).not.toContain(password);
    expect(statSync(userFile(data)).mode & 0o777).toBe(0o600);
    expect(readdirSync(data)).toEqual(['security.json']);
    expect(await verifyPassword(password, (await readUsers(data))!['elastic']!)).toBe(true);
    expect((await hashPassword(password)).hash).not.toBe((await hashPassword(password)).hash);
  });

  it.each([
    ['short', 'ENGINE_PASSWORD_INVALID'],
    ['two\nlines', 'ENGINE_PASSWORD_INVALID'],
    ['x'.repeat(1025), 'ENGINE_PASSWORD_INVALID'],
  ])('%j is refused', async (password, code) => {
    await expect(resetPassword({ data: folder(), password })).rejects.toMatchObject({ code });
  });

  it('are not reset in a folder that is not there', async () => {
    await expect(resetPassword({ data: join(folder(), 'none') })).rejects.toMatchObject({
      code: 'ENGINE_DATA_NOT_FOUND',
    });
  });

  it('that cannot be read any more are named as damaged, and a reset repairs them', async () => {
    const data = folder();
    writeFileSync(userFile(data), '{"users":{"elastic":{"algorithm":"md5"}}}');
    await expect(readUsers(data)).rejects.toMatchObject({ code: 'ENGINE_SECURITY_DAMAGED' });
    await resetPassword({ data });
    expect(await readUsers(data)).toHaveProperty('elastic');
  });
});
