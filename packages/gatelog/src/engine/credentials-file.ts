import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the password of an embedded engine is kept for the commands of the same user on the same machine. */
export function credentialsFile(data: string): string {
  return join(data, 'credentials');
}

/**
 * Writes `{"user":"elastic","password":"…"}`, readable by its owner alone from the first moment on. `elastic/` reads it
 * when no password is given and the store is on this machine. Resolves with the path.
 */
export async function writeCredentials(data: string, password: string): Promise<string> {
  const file = credentialsFile(data);
  const temporary = `${file}.${randomBytes(6).toString('hex')}`;
  await mkdir(data, { recursive: true, mode: 0o700 });
  try {
    await writeFile(temporary, `${JSON.stringify({ user: 'elastic', password })}\n`, { mode: 0o600, flag: 'wx' });
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
  return file;
}
