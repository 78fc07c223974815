import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../errors/gatelog-error.ts';
import { type Finding, ok } from './check.ts';
import { checkFolder } from './machine.ts';

/** Whether the state folder can be written, and whether a shipper is using it now. */
export async function checkState(folder: string): Promise<readonly Finding[]> {
  const [written, owner] = await Promise.all([checkFolder('state', folder, '--state'), lockOwner(folder)]);
  if (owner === undefined) return written;
  return [...written, ...ok('state', `process ${owner} ships with it: a second shipper needs --state DIR of its own`)];
}

/** The number of the process that holds the lock, when that process is alive. */
async function lockOwner(folder: string): Promise<number | undefined> {
  const text = await readFile(join(folder, 'lock'), 'utf8').catch(() => '');
  const pid = Number(/"pid":(\d+)/.exec(text)?.[1]);
  return Number.isSafeInteger(pid) && isAlive(pid) ? pid : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}
