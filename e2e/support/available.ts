import { spawnSync } from 'node:child_process';

/** Whether all these commands are on the machine. If not, one line says what is skipped; in CI that is a failure. */
export function available(whatNeedsThem: string, commands: readonly string[]): boolean {
  const missing = commands.filter((command) => spawnSync('sh', ['-c', `command -v ${command}`]).status !== 0);
  return missing.length === 0 || skipped(whatNeedsThem, `install ${missing.map(describe).join(', ')}`);
}

/** The same for what only root can do: mount a disk, become another user. */
export function isRoot(whatNeedsIt: string): boolean {
  return process.getuid?.() === 0 || skipped(whatNeedsIt, 'run the tests as root');
}

const PACKAGES: Readonly<Record<string, string>> = {
  java: 'openjdk-17-jdk-headless',
  mvn: 'maven',
  'systemd-analyze': 'systemd',
  setpriv: 'util-linux',
};

function describe(command: string): string {
  return `${command} (apt install ${PACKAGES[command] ?? command})`;
}

function skipped(what: string, howTo: string): false {
  if (process.env['CI'] === 'true') throw new Error(`${what}: not possible here, and must be in CI: ${howTo}`);
  process.stderr.write(`skipped: ${what}. To run it, ${howTo}.\n`);
  return false;
}
