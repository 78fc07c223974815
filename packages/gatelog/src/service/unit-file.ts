import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { gatelogError, reasonOf } from '../errors/gatelog-error.ts';

/** Writes a unit file, its folder too. Throws GATELOG_SERVICE_UNIT_UNWRITABLE. */
export async function writeUnitFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
    .then(() => writeFile(file, text, { mode: 0o644 }))
    .catch((error: unknown) => unwritable(file, error));
}

/** Removes a unit file. Throws GATELOG_SERVICE_NOT_INSTALLED when there is none, …_UNIT_UNWRITABLE. */
export async function removeUnitFile(file: string): Promise<void> {
  await requireUnitFile(file);
  await rm(file).catch((error: unknown) => unwritable(file, error));
}

/** Throws GATELOG_SERVICE_NOT_INSTALLED. */
export async function requireUnitFile(file: string): Promise<void> {
  const exists = await stat(file).catch(() => undefined);
  if (!exists) throw gatelogError('GATELOG_SERVICE_NOT_INSTALLED', { file });
}

function unwritable(file: string, error: unknown): never {
  throw gatelogError('GATELOG_SERVICE_UNIT_UNWRITABLE', { file, reason: reasonOf(error) }, error);
}
