import { realpath } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import type { CommandContext, CommandRunner } from '../commands/specification.ts';
import { writeText } from '../output/write.ts';
import { dataFolder } from '../settings/paths.ts';
import { requireSystemd, systemctl, systemctlLine, unitFolder } from './systemd.ts';
import { removeUnitFile, requireUnitFile, writeUnitFile } from './unit-file.ts';
import { renderUnit, STATE_FOLDER, unitName, type UnitOptions } from './unit.ts';

/** `gatelog service print`: the unit on stdout, and nothing is touched. */
export const runServicePrint: CommandRunner = async (context) => {
  await writeText(context.stdout, renderUnit(await unitOptions(context)));
};

/** `gatelog service install`: writes the unit; with `--now` enables and starts it too. */
export const runServiceInstall: CommandRunner = async (context) => {
  const { stdout } = context;
  const options = await unitOptions(context);
  const text = renderUnit(options);
  requireSystemd();
  const { file, name, forUser } = locate(context);
  await writeUnitFile(file, text);
  await writeText(stdout, `Wrote ${file}\n`);
  const steps = [['daemon-reload'], ['enable', name], ['start', name]];
  await runOrPrint(context, steps);
  const data = options.data ?? (forUser ? dataFolder(context.environment) : STATE_FOLDER);
  const journal = `journalctl ${forUser ? '--user ' : ''}-u ${name}`;
  await writeText(stdout, `\nIts password: ${data}/credentials, once it has started\nIts messages: ${journal}\n`);
};

/** `gatelog service uninstall`: removes the unit; with `--now` stops it first. The data stays. */
export const runServiceUninstall: CommandRunner = async (context) => {
  requireSystemd();
  const { file, name, forUser } = locate(context);
  await requireUnitFile(file);
  if (context.settings.flag('now')) await systemctl(forUser, name, 'disable', '--now', name);
  await removeUnitFile(file);
  await writeText(context.stdout, `Removed ${file}; the data it stored is still there\n`);
  const steps = [['daemon-reload']];
  await runOrPrint(context, context.settings.flag('now') ? steps : [['stop', name], ...steps]);
};

/** `gatelog service status`: resolves with 1 when the service is not running. */
export const runServiceStatus: CommandRunner = async (context) => {
  requireSystemd();
  const { file, name, forUser } = locate(context);
  await requireUnitFile(file);
  const properties = 'ActiveState,SubState,UnitFileState,MainPID,ActiveEnterTimestamp';
  const output = await systemctl(forUser, name, 'show', name, `--property=${properties}`);
  const state = new Map(output.split('\n').map((line) => line.split(/=(.*)/s, 2) as [string, string]));
  const status = {
    unit: name,
    active: state.get('ActiveState') ?? 'unknown',
    state: state.get('SubState') ?? 'unknown',
    enabled: state.get('UnitFileState') ?? 'unknown',
    pid: Number(state.get('MainPID')) || null,
    since: state.get('ActiveEnterTimestamp') || null,
  };
  const line = `${name}: ${status.active} (${status.state}) since ${status.since ?? 'never'}, ${status.enabled}\n`;
  await writeText(context.stdout, context.settings.flag('json') ? `${JSON.stringify(status)}\n` : line);
  return status.active === 'active' ? 0 : 1;
};

function locate({ settings, environment }: CommandContext): { file: string; name: string; forUser: boolean } {
  const forUser = settings.flag('user');
  const name = unitName(settings.text('unit') as UnitOptions['unit']);
  return { file: join(unitFolder(forUser, environment), name), name, forUser };
}

async function unitOptions({ settings, environment }: CommandContext): Promise<UnitOptions> {
  const forUser = settings.flag('user');
  const data = settings.optionalText('data');
  return {
    unit: settings.text('unit') as UnitOptions['unit'],
    forUser,
    node: process.execPath,
    program: await realpath(process.argv[1] ?? ''),
    data: data === undefined ? undefined : resolve(data),
    logs: settings.list('log').map((log) => resolve(log)),
    port: settings.optionalNumber('port'),
    runAs: settings.optionalText('run-as') ?? (data === undefined ? undefined : installer(environment)),
    group: settings.optionalText('group'),
  };
}

// A user made up for the service could not own a folder outside /var/lib: that folder is its installer's.
function installer(environment: NodeJS.ProcessEnv): string {
  return environment['SUDO_USER'] || userInfo().username;
}

async function runOrPrint({ settings, stdout }: CommandContext, steps: readonly string[][]): Promise<void> {
  const forUser = settings.flag('user');
  const name = unitName(settings.text('unit') as UnitOptions['unit']);
  if (settings.flag('now')) for (const step of steps) await systemctl(forUser, name, ...step);
  const lines = steps.map((step) => `  ${forUser ? '' : 'sudo '}${systemctlLine(forUser, ...step)}\n`);
  await writeText(stdout, `${settings.flag('now') ? 'Done' : 'Now run'}:\n${lines.join('')}`);
}
