import { randomBytes, randomInt, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { EngineError } from './engine-error.ts';

/** What is kept of a password. `salt` and `hash` in base64. */
export interface PasswordHash {
  readonly algorithm: 'scrypt';
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
  readonly salt: string;
  readonly hash: string;
}

// OWASP's password storage cheat sheet, the setting for scrypt with 32 MB of memory.
const STRENGTH = { cost: 2 ** 15, blockSize: 8, parallelization: 3 };
const HASH_BYTES = 32;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** 20 letters and digits, 119 bits: nothing that a shell, a URL or a double click would cut. */
export function generatePassword(): string {
  return Array.from({ length: 20 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** @throws EngineError ENGINE_PASSWORD_INVALID; Elasticsearch's minimum is six characters too. */
export function checkPassword(password: string): void {
  const problem =
    password.length < 6
      ? 'it has fewer than 6 characters'
      : password.length > 1024
        ? 'it has more than 1024 characters'
        : /\p{Cc}/u.test(password)
          ? 'it contains a line end or another control character'
          : undefined;
  if (problem !== undefined)
    throw new EngineError('ENGINE_PASSWORD_INVALID', `the password cannot be used: ${problem}`);
}

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, STRENGTH);
  return { algorithm: 'scrypt', ...STRENGTH, salt: salt.toString('base64'), hash: hash.toString('base64') };
}

/** Costs about a tenth of a second of the thread pool, whether the password is right or wrong. */
export async function verifyPassword(password: string, stored: PasswordHash): Promise<boolean> {
  const expected = Buffer.from(stored.hash, 'base64');
  const actual = await derive(password, Buffer.from(stored.salt, 'base64'), stored);
  return timingSafeEqual(actual, expected);
}

/** No password has this hash: checking against it takes the time that a real user would. */
export const NOBODY: PasswordHash = {
  algorithm: 'scrypt',
  ...STRENGTH,
  salt: randomBytes(16).toString('base64'),
  hash: randomBytes(HASH_BYTES).toString('base64'),
};

function derive(password: string, salt: Buffer, strength: typeof STRENGTH): Promise<Buffer> {
  const options: ScryptOptions = { ...strength, maxmem: 256 * strength.cost * strength.blockSize };
  return new Promise((resolve, reject) => {
    // Unicode has more than one way to write "ü"; keyboards differ in which one they send.
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
