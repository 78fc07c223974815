import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import { type DirectoryLock, DirectoryLockedError, errorCode } from './directory.ts';

/**
 * Locks a folder with a file that names the process. Node has no flock, so the lock of a process that died is told by its pid, and by
 * when that pid started where the system says so: in a container every process may be pid 1 again after a restart.
 */
export async function lockFolder(path: string): Promise<DirectoryLock> {
  const file = join(path, 'node.lock');
  const own: Holder = { pid: process.pid, started: startOf(process.pid), token: randomUUID() };
  for (let attempt = 0; ; attempt++) {
    try {
      fs.writeFileSync(file, JSON.stringify(own), { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
      const holder = holderOf(file);
      if (holder !== undefined && isAlive(holder)) throw new DirectoryLockedError(path, holder.pid);
      if (attempt > 2) throw new DirectoryLockedError(path, holder?.pid ?? 0);
      fs.rmSync(file, { force: true });
    }
  }
  // Two that find the same stale lock at once could both remove it; the one whose lock was removed finds out here.
  await new Promise((resolve) => setTimeout(resolve, 5));
  const holder = holderOf(file);
  if (holder?.token !== own.token) throw new DirectoryLockedError(path, holder?.pid ?? 0);
  held.add(own.token);
  return {
    release: async () => {
      held.delete(own.token);
      if (holderOf(file)?.token === own.token) fs.rmSync(file, { force: true });
    },
  };
}

interface Holder {
  readonly pid: number;
  readonly started: string;
  readonly token: string;
}

/** Locks of this process: its own pid in a file proves nothing else. */
const held = new Set<string>();

function holderOf(file: string): Holder | undefined {
  try {
    const holder: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
    if (typeof holder !== 'object' || holder === null) return undefined;
    const { pid, started, token } = holder as Partial<Record<keyof Holder, unknown>>;
    if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0) return undefined;
    return { pid, started: String(started), token: String(token) };
  } catch {
    return undefined;
  }
}

function isAlive(holder: Holder): boolean {
  if (holder.pid === process.pid) return held.has(holder.token);
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false;
  }
  return startOf(holder.pid) === holder.started;
}

/** When a process started, in the system's own terms: field 22 of proc(5) stat; '' where there is no /proc. */
function startOf(pid: number): string {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
