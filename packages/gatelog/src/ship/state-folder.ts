import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { gatelogError, reasonOf } from '../errors/gatelog-error.ts';

/** Makes the folder of the state, private to the user. Throws GATELOG_SHIP_STATE_UNWRITABLE. */
export async function makeStateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => refuse(folder, error));
}

/**
 * Replaces a file so that a crash at any moment leaves the old content or the new one, whole: temporary file, fsync,
 * rename, fsync of the folder. Throws GATELOG_SHIP_STATE_UNWRITABLE and leaves the old file.
 */
export async function replaceFile(path: string, content: string): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    refuse(path, error);
  }
}

/** Throws GATELOG_SHIP_STATE_UNWRITABLE for a failure of the system. */
export function refuse(file: string, error: unknown): never {
  throw gatelogError('GATELOG_SHIP_STATE_UNWRITABLE', { file, reason: reasonOf(error) }, error);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
