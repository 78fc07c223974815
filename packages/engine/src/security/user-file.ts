import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from './engine-error.ts';
import type { PasswordHash } from './password.ts';
import { writePrivateFile } from './private-file.ts';

/** Password hashes by user name. */
export type Users = Readonly<Record<string, PasswordHash>>;

export function userFile(data: string): string {
  return join(data, 'security.json');
}

/** Undefined when there is none yet. @throws EngineError ENGINE_SECURITY_DAMAGED. */
export async function readUsers(data: string): Promise<Users | undefined> {
  const path = userFile(data);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    const { users } = JSON.parse(text) as { users: Record<string, PasswordHash> };
    if (!Object.values(users).every(isPasswordHash)) throw new TypeError('a user without a usable password hash');
    // Without a prototype, so that no name of a user can be found that nobody wrote.
    return Object.assign(Object.create(null) as Record<string, PasswordHash>, users);
  } catch (cause) {
    const message = `${path} is damaged; delete it, then a new password is made at the next start`;
    throw new EngineError('ENGINE_SECURITY_DAMAGED', message, { cause });
  }
}

export async function writeUsers(data: string, users: Users): Promise<void> {
  await writePrivateFile(userFile(data), `${JSON.stringify({ version: 1, users }, undefined, 2)}\n`);
}

/** Changes whenever the file is replaced; microseconds to ask. */
export function userFileStamp(data: string): string {
  const status = statSync(userFile(data), { throwIfNoEntry: false, bigint: true });
  return status === undefined ? '' : `${status.ino}:${status.mtimeNs}:${status.size}`;
}

function isPasswordHash(value: PasswordHash): boolean {
  return (
    value.algorithm === 'scrypt' &&
    Buffer.from(value.hash, 'base64').length === 32 &&
    typeof value.salt === 'string' &&
    // More memory than this is not a password hash of ours but somebody's way to stop the engine.
    128 * value.cost * value.blockSize <= 2 ** 28 &&
    value.parallelization >= 1 &&
    value.parallelization <= 16
  );
}
