import { X509Certificate } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf, systemCode } from '../errors/gatelog-error.ts';
import { type Finding, fail, ok, warn } from './check.ts';

const SOON = 30 * 86_400_000;

/** Whether the embedded engine's certificates are valid and its keys are its own. `now` in ms. */
export async function checkCertificates(data: string, now: number = Date.now()): Promise<readonly Finding[]> {
  const folder = join(data, 'certs');
  try {
    const names = (await readdir(folder)).filter((name) => /\.(?:crt|pem|key|p12)$/.test(name)).toSorted();
    if (names.length === 0) return ok('certificates', 'none yet: the embedded engine makes them when it first starts');
    const findings = await Promise.all(
      names.map((name) => {
        const file = join(folder, name);
        return /\.(?:crt|pem)$/.test(name) ? checkValidity(file, now) : checkKey(file);
      }),
    );
    return findings.flat();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return ok('certificates', `none in ${data}: there is no embedded engine yet`);
    return fail('certificates', `cannot read ${folder}: ${reasonOf(error)}`, 'Run as the user that runs the engine.');
  }
}

async function checkValidity(file: string, now: number): Promise<readonly Finding[]> {
  const { validTo } = new X509Certificate(await readFile(file));
  const left = Date.parse(validTo) - now;
  const advice = 'Restart the engine: it renews its certificates when it starts.';
  if (left < 0) return fail('certificates', `${file} expired on ${validTo}`, advice);
  if (left < SOON) return warn('certificates', `${file} expires on ${validTo}`, advice);
  return ok('certificates', `${file} is valid until ${validTo}`);
}

async function checkKey(file: string): Promise<readonly Finding[]> {
  const { mode } = await stat(file);
  if ((mode & 0o077) === 0) return ok('certificates', `${file} can be read by its owner alone`);
  return fail('certificates', `${file} can be read by others on this machine`, `Run "chmod 600 ${file}".`);
}
