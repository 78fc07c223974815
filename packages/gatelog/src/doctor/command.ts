import type { CommandContext, CommandRunner } from '../commands/specification.ts';
import { connectToStore, isLoopback, parseStoreUrl } from '../elastic/connection.ts';
import { reasonOf } from '../errors/gatelog-error.ts';
import { escapeForTerminal } from '../output/escape.ts';
import { writeText } from '../output/write.ts';
import { dataFolder, stateFolder } from '../settings/paths.ts';
import { checkCertificates } from './certificates.ts';
import { type Check, fail, type Finding } from './check.ts';
import { checkLogs } from './logs.ts';
import { checkDisk, checkFolder, checkNode } from './machine.ts';
import { checkDemoPort, checkStorePort } from './ports.ts';
import { checkState } from './state.ts';
import { checkClock, checkStore } from './store.ts';

/** `gatelog doctor`: all checks, one line each. Resolves with 1 when one of them fails. */
export const runDoctor: CommandRunner = async (context) => {
  const results = await Promise.all(checksOf(context).map(safely));
  const findings = results.flat();
  const healthy = findings.every(({ status }) => status !== 'fail');
  const text = context.settings.flag('json')
    ? `${JSON.stringify({ healthy, findings })}\n`
    : findings.map(describe).join('');
  await writeText(context.stdout, text);
  return healthy ? 0 : 1;
};

function checksOf({ settings, environment }: CommandContext): readonly Check[] {
  const url = parseStoreUrl(settings.text('url'));
  const data = settings.optionalText('data') ?? dataFolder(environment);
  const state = settings.optionalText('state') ?? stateFolder(environment);
  return [
    () => checkNode(),
    () => checkDemoPort(settings.number('demo-port')),
    ...(isLoopback(url.hostname) ? [() => checkStorePort(url)] : []),
    () => checkFolder('data', data, '--data'),
    () => checkState(state),
    () => checkDisk(data),
    () => checkCertificates(data),
    () => checkStore(() => connectToStore(settings, environment)),
    () => checkClock(url),
    () => checkLogs(settings.list('log')),
  ];
}

// A check that breaks is a finding of its own: the others still have their say.
async function safely(check: Check): Promise<readonly Finding[]> {
  return check().catch((error: unknown) => fail('doctor', reasonOf(error), 'Report it.'));
}

function describe({ check, status, found, advice }: Finding): string {
  const what = escapeForTerminal(`${check}: ${found}`);
  return `${status.padEnd(4)}  ${what}${advice === undefined ? '' : ` — ${escapeForTerminal(advice)}`}\n`;
}
