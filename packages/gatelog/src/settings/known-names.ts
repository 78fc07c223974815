import { optionsOf } from '../commands/parser.ts';
import type { CommandSpecification } from '../commands/specification.ts';
import { gatelogError } from '../errors/gatelog-error.ts';
import type { SettingsFile } from './file.ts';
import { isRecord, longName } from './resolve.ts';

/**
 * Refuses a settings file with a name nobody reads: a typing error must not silently mean the default.
 * Throws GATELOG_SETTINGS_FILE_INVALID.
 */
export function checkNames(file: SettingsFile, commands: readonly CommandSpecification[]): void {
  const everyOption = new Set(commands.flatMap(optionNames));
  for (const [name, value] of Object.entries(file.content)) {
    const command = commands.find((candidate) => candidate.name === name);
    if (command && isRecord(value)) checkSection(file, command, Object.keys(value));
    else if (!everyOption.has(name)) refuse(file, `there is no option or command "${name}"`);
  }
}

function checkSection(file: SettingsFile, command: CommandSpecification, names: readonly string[]): void {
  const known = optionNames(command);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) refuse(file, `the command ${command.name} has no option "${unknown}"`);
}

function optionNames(command: CommandSpecification): readonly string[] {
  return [...optionsOf(command).map(longName), ...(command.subcommands ?? []).flatMap(optionNames)];
}

function refuse(file: SettingsFile, reason: string): never {
  throw gatelogError('GATELOG_SETTINGS_FILE_INVALID', { file: file.path, reason });
}
