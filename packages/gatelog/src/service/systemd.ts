import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gatelogError, reasonOf } from '../errors/gatelog-error.ts';

/** Throws GATELOG_SERVICE_NO_SYSTEMD where systemd is not the one that runs services (sd_booted(3)). */
export function requireSystemd(): void {
  if (!existsSync('/run/systemd/system')) throw gatelogError('GATELOG_SERVICE_NO_SYSTEMD', {});
}

/** Where an administrator's units go, or a user's own. */
export function unitFolder(forUser: boolean, environment: NodeJS.ProcessEnv): string {
  if (!forUser) return '/etc/systemd/system';
  return join(environment['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'systemd', 'user');
}

/** What a person types for `systemctl`. */
export function systemctlLine(forUser: boolean, ...line: readonly string[]): string {
  return ['systemctl', ...(forUser ? ['--user'] : []), ...line].join(' ');
}

/** Runs `systemctl` and resolves with what it printed. Throws GATELOG_SERVICE_COMMAND_FAILED. */
export async function systemctl(forUser: boolean, unit: string, ...line: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('systemctl', [...(forUser ? ['--user'] : []), ...line]);
    return stdout;
  } catch (error) {
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    const command = systemctlLine(forUser, ...line);
    throw gatelogError('GATELOG_SERVICE_COMMAND_FAILED', { command, unit, reason: stderr || reasonOf(error) }, error);
  }
}
