import { vi } from 'vitest';
import { main } from './main.ts';
import type { CommandSpecification } from './specification.ts';

export interface MainResult {
  readonly code: number;
  /** What was written to stdout. */
  readonly output: string;
  /** What was written to stderr. */
  readonly errors: string;
}

/** Runs the program in this process and keeps what it writes. */
export async function runMain(
  line: readonly string[],
  commands?: readonly CommandSpecification[],
): Promise<MainResult> {
  const written = { output: '', errors: '' };
  const keep =
    (name: keyof typeof written) =>
    (text: string | Uint8Array): boolean => {
      written[name] += String(text);
      return true;
    };
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation(keep('output'));
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation(keep('errors'));
  try {
    return { code: await main(line, commands), ...written };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
  }
}
