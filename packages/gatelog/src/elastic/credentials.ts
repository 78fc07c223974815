import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { GatelogError, gatelogError, reasonOf, systemCode } from '../errors/gatelog-error.ts';
import { dataFolder } from '../settings/paths.ts';

/** Who is asking the store, and what goes into the `authorization` header. */
export interface Credential {
  /** For messages: `user "elastic"`, `the API key`, `nobody (no password is set)`. */
  readonly who: string;
  readonly header: string | undefined;
}

/** The user and password of a local store. */
export interface DefaultCredentials {
  readonly user: string;
  readonly password: string;
}

/**
 * The credential for a store: `ELASTIC_API_KEY`, else `ELASTIC_PASSWORD` with `user`, else, for a store on this machine
 * only, what `defaultCredentials` finds. Throws its errors.
 */
export async function findCredential(
  user: string | undefined,
  isLocal: boolean,
  environment: NodeJS.ProcessEnv,
): Promise<Credential> {
  const apiKey = environment['ELASTIC_API_KEY'];
  if (apiKey) return { who: 'the API key', header: `ApiKey ${apiKey}` };
  const password = environment['ELASTIC_PASSWORD'];
  if (password) return basic(user ?? 'elastic', password);
  const found = isLocal ? await defaultCredentials(environment) : undefined;
  if (found && (user === undefined || user === found.user)) return basic(found.user, found.password);
  return { who: 'nobody (no password is set)', header: undefined };
}

/**
 * The credentials that `gatelog up` leaves for the commands of the same user: `DATA/credentials`, JSON
 * `{"user":…,"password":…}`, mode 0600. Undefined when there is no such file.
 * Throws GATELOG_STORE_CREDENTIALS_EXPOSED when group or others may read it, …_INVALID when it cannot be used.
 */
export async function defaultCredentials(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<DefaultCredentials | undefined> {
  const file = join(dataFolder(environment), 'credentials');
  const text = await readPrivately(file);
  return text === undefined ? undefined : parse(file, text);
}

function basic(user: string, password: string): Credential {
  return { who: `user "${user}"`, header: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

// The mode is asked of the open file, so that it cannot be another file that is then read.
async function readPrivately(file: string): Promise<string | undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'r');
    const { mode } = await handle.stat();
    if ((mode & 0o077) !== 0) throw gatelogError('GATELOG_STORE_CREDENTIALS_EXPOSED', { file });
    return await handle.readFile('utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    if (error instanceof GatelogError) throw error;
    throw gatelogError('GATELOG_STORE_CREDENTIALS_INVALID', { file, reason: reasonOf(error) }, error);
  } finally {
    await handle?.close();
  }
}

function parse(file: string, text: string): DefaultCredentials {
  const reason = 'it must be JSON with "user" and "password"';
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // Without the cause: the parser's message quotes the text, and the text holds a password.
    throw gatelogError('GATELOG_STORE_CREDENTIALS_INVALID', { file, reason });
  }
  if (typeof content === 'object' && content !== null && 'user' in content && 'password' in content) {
    const { user, password } = content;
    if (typeof user === 'string' && typeof password === 'string') return { user, password };
  }
  throw gatelogError('GATELOG_STORE_CREDENTIALS_INVALID', { file, reason });
}
