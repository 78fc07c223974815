import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { gatelogError, systemCode } from '../errors/gatelog-error.ts';
import { refuse } from './state-folder.ts';

interface Owner {
  readonly pid: number;
  /** When that process started, as the kernel counts; empty where it cannot be told. Numbers of processes come again. */
  readonly started: string;
}

// A lock left by this very process number is stale (in a container it is often the same after a restart) unless this
// process still holds it.
const heldHere = new Set<string>();

/**
 * Takes a state folder for this process alone and resolves with the function that gives it back. The lock of a
 * process that is gone is taken over. Throws GATELOG_SHIP_STATE_LOCKED.
 */
export async function lockStateFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(resolve(folder), 'lock');
  if (heldHere.has(path)) throw gatelogError('GATELOG_SHIP_STATE_LOCKED', { folder, pid: process.pid });
  heldHere.add(path);
  try {
    await takeLock(path, folder);
  } catch (error) {
    heldHere.delete(path);
    throw error;
  }
  return async () => {
    heldHere.delete(path);
    await rm(path, { force: true });
  };
}

// The lock appears with its content in one step (a link to a finished file), so that nobody reads half of it.
async function takeLock(path: string, folder: string): Promise<void> {
  const candidate = `${path}.${randomBytes(6).toString('hex')}`;
  const owner: Owner = { pid: process.pid, started: await startOf(process.pid) };
  await writeFile(candidate, JSON.stringify(owner), { mode: 0o600 }).catch((error: unknown) => refuse(path, error));
  try {
    if (await linked(candidate, path)) return;
    await removeStaleLock(path, folder);
    if (!(await linked(candidate, path))) await removeStaleLock(path, folder);
  } finally {
    await rm(candidate, { force: true });
  }
}

async function linked(candidate: string, path: string): Promise<boolean> {
  try {
    await link(candidate, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    return refuse(path, error);
  }
}

/** Throws GATELOG_SHIP_STATE_LOCKED when the owner is alive. */
async function removeStaleLock(path: string, folder: string): Promise<void> {
  const owner = await readOwner(path);
  if (owner && (await isAlive(owner))) throw gatelogError('GATELOG_SHIP_STATE_LOCKED', { folder, pid: owner.pid });
  // Between reading and removing, another process may have taken it over: what is removed must be what was read.
  const removed = `${path}.${randomBytes(6).toString('hex')}`;
  await rename(path, removed).catch(() => undefined);
  const seen = await readOwner(removed);
  if (seen && seen.pid !== owner?.pid) await link(removed, path).catch(() => undefined);
  await rm(removed, { force: true });
}

async function isAlive(owner: Owner): Promise<boolean> {
  if (owner.pid === process.pid) return false;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return false;
  }
  const started = await startOf(owner.pid);
  return started === '' || owner.started === '' || started === owner.started;
}

async function readOwner(path: string): Promise<Owner | undefined> {
  try {
    const content: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof content !== 'object' || content === null || !('pid' in content)) return undefined;
    const { pid } = content;
    const started = 'started' in content && typeof content.started === 'string' ? content.started : '';
    return typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 0 ? { pid, started } : undefined;
  } catch {
    return undefined;
  }
}

// Field 22 of /proc/<pid>/stat, counted behind the name, which may itself hold spaces: proc_pid_stat(5).
async function startOf(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
