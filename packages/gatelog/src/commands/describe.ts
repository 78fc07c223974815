import { optionsOf } from './parser.ts';
import type { ArgumentSpecification, CommandSpecification, OptionSpecification } from './specification.ts';
import { COMMANDS } from './table.ts';

/** One command as plain data, for documentation and completion. */
export interface CommandDescription {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly arguments: readonly ArgumentSpecification[];
  readonly options: readonly OptionSpecification[];
  readonly examples: readonly (readonly [commandLine: string, does: string])[];
  readonly subcommands: readonly CommandDescription[];
}

/** All commands of the program with their arguments, options and examples, as JSON can hold them. */
export function describeCommands(commands: readonly CommandSpecification[] = COMMANDS): readonly CommandDescription[] {
  return commands.map((command) => ({
    name: command.name,
    summary: command.summary,
    description: command.description ?? `${command.summary}.`,
    arguments: command.arguments,
    options: optionsOf(command),
    examples: command.examples,
    subcommands: describeCommands(command.subcommands ?? []),
  }));
}
