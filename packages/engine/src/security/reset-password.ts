import { stat } from 'node:fs/promises';
import { EngineError } from './engine-error.ts';
import { checkPassword, generatePassword, hashPassword } from './password.ts';
import { readUsers, writeUsers } from './user-file.ts';

export interface ResetPasswordOptions {
  /** The engine's data folder. */
  readonly data: string;
  /** At least 6 characters on one line. @default one is made */
  readonly password?: string;
}

/**
 * Gives `elastic` a new password and returns it. Works while no engine runs on the folder; a running one takes it up within
 * a second and forgets the old one.
 * @throws EngineError ENGINE_DATA_NOT_FOUND, ENGINE_PASSWORD_INVALID, ENGINE_DATA_UNWRITABLE.
 */
export async function resetPassword(options: ResetPasswordOptions): Promise<string> {
  const { data, password = generatePassword() } = options;
  checkPassword(password);
  const folder = await stat(data).catch(() => undefined);
  if (folder?.isDirectory() !== true) {
    throw new EngineError('ENGINE_DATA_NOT_FOUND', `there is no engine's data folder at ${data}`);
  }
  // A damaged file is what a reset repairs: it knows no user worth keeping.
  const users = await readUsers(data).catch(() => undefined);
  await writeUsers(data, { ...users, elastic: await hashPassword(password) }).catch((cause: Error) => {
    throw new EngineError('ENGINE_DATA_UNWRITABLE', `cannot write into ${data}: ${cause.message}`, { cause });
  });
  return password;
}
