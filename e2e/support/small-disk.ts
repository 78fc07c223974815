import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atTheEnd } from './clean-up.ts';

export interface SmallDisk {
  readonly folder: string;
  /** Takes what is left of it but `leaving` bytes. */
  readonly fill: (leaving: number) => void;
  /** Gives that back. */
  readonly clear: () => void;
}

/** Mounts a disk in memory of this many bytes; only root can. Unmounted at the end of the test file. */
export function smallDisk(folder: string, bytes: number): SmallDisk {
  mkdirSync(folder, { recursive: true });
  command('mount', '-t', 'tmpfs', '-o', `size=${bytes},mode=700`, 'tmpfs', folder);
  atTheEnd(() => command('umount', '--lazy', folder));
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill: (leaving) => {
      writeFileSync(join(folder, 'kept'), Buffer.alloc(leaving));
      for (let size = bytes; size >= 1; size = Math.floor(size / 2)) append(ballast, size);
      rmSync(join(folder, 'kept'));
    },
    clear: () => rmSync(ballast, { force: true }),
  };
}

function append(file: string, size: number): void {
  try {
    writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
  } catch {
    // It is full at this size; what fits of it was written.
  }
}

function command(name: string, ...line: readonly string[]): void {
  const { status, stderr } = spawnSync(name, line, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} ${line.join(' ')}: ${stderr}`);
}
