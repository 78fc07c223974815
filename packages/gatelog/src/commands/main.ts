import { CommanderError } from 'commander';
import { GatelogError, gatelogError } from '../errors/gatelog-error.ts';
import { knownError, printableError } from '../errors/print.ts';
import { readSettingsFile } from '../settings/file.ts';
import { checkNames } from '../settings/known-names.ts';
import { resolveSettings } from '../settings/resolve.ts';
import { buildParser, type Invocation, optionsOf } from './parser.ts';
import { abortOnSignals, endQuietlyOnClosedPipe } from './process.ts';
import type { CommandSpecification } from './specification.ts';
import { COMMANDS } from './table.ts';
import { VERSION } from './version.ts';

/** Runs the program with its arguments (without `node` and the script). Resolves with the exit code, never rejects. */
export async function main(
  arguments_: readonly string[],
  commands: readonly CommandSpecification[] = COMMANDS,
): Promise<number> {
  endQuietlyOnClosedPipe(process.stdout);
  const verbose = arguments_.includes('--verbose');
  const stop = abortOnSignals(process);
  try {
    const invocation = parse(arguments_, commands);
    return typeof invocation === 'number' ? invocation : await run(invocation, commands, stop.signal);
  } catch (error) {
    // What was interrupted on request has nothing to explain.
    if (stop.signal.aborted && !(error instanceof GatelogError)) return 1;
    process.stderr.write(printableError(error, verbose));
    return knownError(error).exitCode;
  } finally {
    stop.release();
  }
}

async function run(
  invocation: Invocation,
  commands: readonly CommandSpecification[],
  signal: AbortSignal,
): Promise<number> {
  const [top] = invocation.path;
  const specification = invocation.path.at(-1);
  if (!top || !specification?.load) throw new TypeError('the invocation has no command to run');
  const config = invocation.flags.get('config') ?? (process.env['GATELOG_CONFIG'] || undefined);
  const file = await readSettingsFile(typeof config === 'string' ? config : undefined);
  if (file) checkNames(file, commands);
  const settings = resolveSettings({
    options: optionsOf(specification),
    flags: invocation.flags,
    environment: process.env,
    file,
    command: top.name,
  });
  const runner = await specification.load();
  const { positionals } = invocation;
  const { stdout, stderr, env: environment } = process;
  return (await runner({ positionals, settings, signal, environment, stdout, stderr })) ?? 0;
}

/** The invocation; or an exit code when help or the version was all that was asked. Throws GATELOG_USAGE. */
function parse(arguments_: readonly string[], commands: readonly CommandSpecification[]): Invocation | number {
  let invocation: Invocation | undefined;
  let written = '';
  const parser = buildParser(commands, {
    version: VERSION,
    write: (text) => (written += text),
    onInvocation: (found) => (invocation = found),
  });
  try {
    parser.parse([...arguments_], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return usageOutcome(error, written, arguments_, commands);
  }
  return invocation ?? 2;
}

function usageOutcome(
  error: CommanderError,
  written: string,
  arguments_: readonly string[],
  commands: readonly CommandSpecification[],
): number {
  if (error.exitCode === 0) {
    process.stdout.write(written);
    return 0;
  }
  // `gatelog` and `gatelog engine`: help is the answer, but no work was done.
  if (error.code === 'commander.help') {
    process.stderr.write(written);
    return 2;
  }
  const problem = error.message
    .replace(/^error: /, '')
    .replace(/\.$/, '')
    .replace(/\.?\n/g, ' ')
    .replace(' is invalid. it must', ' is invalid: it must');
  const command = commands.find(({ name }) => name === arguments_[0]);
  throw gatelogError('GATELOG_USAGE', { problem, help: `gatelog ${command ? `${command.name} ` : ''}--help` }, error);
}
