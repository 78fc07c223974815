import { open } from 'node:fs/promises';
import { reasonOf, systemCode } from '../errors/gatelog-error.ts';
import { expandLogPaths } from '../up/log-paths.ts';
import { type Finding, fail, ok, warn } from './check.ts';

const QUIET = 86_400_000;

/** Whether the logs can be read, and whether anything was written to them of late. `now` in ms. */
export async function checkLogs(names: readonly string[], now: number = Date.now()): Promise<readonly Finding[]> {
  const found = await Promise.all(
    names.map(async (name) => {
      const paths = await expandLogPaths([name]);
      if (paths.length === 0) return fail('log', `no file fits ${name}`, 'Check the pattern.');
      return (await Promise.all(paths.map((path) => checkLog(path, now)))).flat();
    }),
  );
  return found.flat();
}

async function checkLog(path: string, now: number): Promise<readonly Finding[]> {
  const handle = await open(path, 'r').catch((error: unknown) => error);
  if (handle instanceof Error) {
    const missing = systemCode(handle) === 'ENOENT';
    const advice = missing
      ? 'Check the path, and that the app was started.'
      : 'Let the user that runs gatelog read it, for example through its group.';
    return fail('log', `${path}: ${reasonOf(handle)}`, advice);
  }
  const file = handle as Awaited<ReturnType<typeof open>>;
  const stat = await file.stat().finally(() => file.close());
  if (!stat.isFile()) return fail('log', `${path} is not a file`, 'Name the log files in it.');
  if (stat.size === 0) return warn('log', `${path} is empty`, 'Send the app a request and look again.');
  const hours = Math.round((now - stat.mtimeMs) / 3_600_000);
  if (now - stat.mtimeMs < QUIET) return ok('log', `${path} can be read`);
  return warn('log', `${path} was last written ${hours} h ago`, 'Check that the app still writes there.');
}
