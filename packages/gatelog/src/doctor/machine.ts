import { access, constants, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { reasonOf, systemCode } from '../errors/gatelog-error.ts';
import { type Finding, fail, ok, warn } from './check.ts';

const OLDEST_NODE = 20;
const MEGABYTE = 1_048_576;

/** Whether this Node can run gatelog. */
export async function checkNode(version: string = process.versions.node): Promise<readonly Finding[]> {
  if (Number.parseInt(version, 10) >= OLDEST_NODE) return ok('node', `version ${version}`);
  return fail('node', `version ${version} is too old`, `Install Node ${OLDEST_NODE} or newer.`);
}

/** Whether a folder can be written, or made where it is not there yet. */
export async function checkFolder(check: string, folder: string, option: string): Promise<readonly Finding[]> {
  const [existing, error] = await nearestExisting(folder);
  if (error === undefined) {
    return ok(check, existing === folder ? `${folder} can be written` : `${folder} can be made`);
  }
  return fail(check, `${existing}: ${reasonOf(error)}`, `Correct its permissions, or choose another with ${option}.`);
}

/** Whether there is room to store requests. */
export async function checkDisk(folder: string): Promise<readonly Finding[]> {
  const [existing] = await nearestExisting(folder);
  const { bavail, bsize, blocks } = await statfs(existing);
  const free = bavail * bsize;
  const found = `${formatSize(free)} free where ${folder} is`;
  const advice = 'Make room: a full disk stops the store and the logs.';
  if (free < 200 * MEGABYTE) return fail('disk', found, advice);
  if (free < 2_048 * MEGABYTE || bavail / blocks < 0.05) return warn('disk', found, advice);
  return ok('disk', found);
}

async function nearestExisting(folder: string): Promise<[existing: string, error?: unknown]> {
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    return [folder];
  } catch (error) {
    const above = dirname(folder);
    return systemCode(error) === 'ENOENT' && above !== folder ? nearestExisting(above) : [folder, error];
  }
}

function formatSize(bytes: number): string {
  const megabytes = bytes / MEGABYTE;
  return megabytes < 1_024 ? `${Math.floor(megabytes)} MB` : `${(megabytes / 1_024).toFixed(1)} GB`;
}
