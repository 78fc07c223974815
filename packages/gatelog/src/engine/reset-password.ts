import type { Readable } from 'node:stream';
import type { CommandRunner } from '../commands/specification.ts';
import { gatelogError, reasonOf, systemCode } from '../errors/gatelog-error.ts';
import { writeText } from '../output/write.ts';
import { dataFolder } from '../settings/paths.ts';
import { writeCredentials } from './credentials-file.ts';

/** Longer than any password may be: what follows is not read. */
const MOST_READ = 4_096;

/** `gatelog engine reset-password`: a new password, made up or read from stdin, never an argument. */
export const runResetPassword: CommandRunner = async ({ settings, environment, stdout }) => {
  const data = settings.optionalText('data') ?? dataFolder(environment);
  const given = settings.flag('stdin') ? await readLine(process.stdin) : undefined;
  const { resetPassword } = await import('@gatelog/engine');
  const options = given === undefined ? { data } : { data, password: given };
  const password = await resetPassword(options).catch((error: unknown) => {
    const reason = reasonOf(error);
    if (systemCode(error) !== 'ENGINE_PASSWORD_INVALID') {
      throw gatelogError('GATELOG_ENGINE_PASSWORD_UNCHANGED', { data, reason }, error);
    }
    throw gatelogError('GATELOG_ENGINE_PASSWORD_INVALID', { reason }, error);
  });
  const credentials = await writeCredentials(data, password);
  if (settings.flag('json')) await writeText(stdout, `${JSON.stringify({ user: 'elastic', password, credentials })}\n`);
  else if (given === undefined) await writeText(stdout, `The new password of elastic is : ${password}\n`);
  else await writeText(stdout, 'The password of elastic was set.\n');
};

/** What comes in, without the line end at its end. */
async function readLine(input: Readable): Promise<string> {
  let text = '';
  for await (const part of input) {
    text += String(part);
    if (text.length > MOST_READ) break;
  }
  return text.replace(/\r?\n$/, '');
}
