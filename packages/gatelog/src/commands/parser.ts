import { Command, InvalidArgumentError, Option } from 'commander';
import { reasonOf } from '../errors/gatelog-error.ts';
import { longName } from '../settings/resolve.ts';
import { parseValue, type Value } from '../settings/values.ts';
import { COMMON_OPTIONS } from './common-options.ts';
import type { CommandSpecification, OptionSpecification } from './specification.ts';

/** A command line that was understood: which command, and what was given to it. */
export interface Invocation {
  /** From the program down: `[engine, users]`. */
  readonly path: readonly CommandSpecification[];
  readonly positionals: readonly string[];
  readonly flags: ReadonlyMap<string, Value>;
}

export interface ParserHooks {
  readonly version: string;
  readonly write: (text: string) => void;
  readonly onInvocation: (invocation: Invocation) => void;
}

/** Builds commander's parser from the table of commands. It throws `CommanderError` and never ends the process. */
export function buildParser(commands: readonly CommandSpecification[], hooks: ParserHooks): Command {
  const program = new Command('gatelog')
    .description('Shows who is trying the doors of a web server.')
    .version(hooks.version, '--version', 'print the version');
  configure(program, hooks);
  program.helpCommand('help [command]', 'show the help of a command');
  for (const command of commands) addCommand(program, command, [], hooks);
  return program.addHelpText('after', '\nRun "gatelog <command> --help" for the options and examples of a command.');
}

/** The options of a command together with those every command has. */
export function optionsOf(specification: CommandSpecification): readonly OptionSpecification[] {
  return [...specification.options, ...COMMON_OPTIONS];
}

function configure(command: Command, hooks: ParserHooks): void {
  command
    .exitOverride()
    .helpOption('-h, --help', 'show this help')
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .configureOutput({ writeOut: hooks.write, writeErr: hooks.write, outputError: () => undefined });
}

function addCommand(
  parent: Command,
  specification: CommandSpecification,
  above: readonly CommandSpecification[],
  hooks: ParserHooks,
): void {
  const path = [...above, specification];
  const command = parent.command(specification.name);
  configure(command, hooks);
  command.summary(specification.summary).description(specification.description ?? `${specification.summary}.`);
  for (const { name, description, required, variadic } of specification.arguments) {
    const label = variadic ? `${name}...` : name;
    command.argument(required ? `<${label}>` : `[${label}]`, description);
  }
  command.allowExcessArguments(false);
  for (const option of optionsOf(specification)) command.addOption(toCommanderOption(option));
  for (const subcommand of specification.subcommands ?? []) addCommand(command, subcommand, path, hooks);
  if (specification.examples.length > 0) command.addHelpText('after', examplesText(specification));
  if (specification.load) command.action(() => hooks.onInvocation(invocationOf(command, path)));
}

function invocationOf(command: Command, path: readonly CommandSpecification[]): Invocation {
  const specification = path.at(-1);
  const options = specification ? optionsOf(specification) : [];
  // With those of the commands above: `gatelog engine --data DIR reset-password` means that DIR.
  const given = command.optsWithGlobals<Record<string, Value | undefined>>();
  const flags = new Map<string, Value>();
  for (const option of options) {
    const parsed = new Option(option.flags);
    const value = given[parsed.attributeName()];
    // Commander keeps `--no-color` as `color`, true until it is given.
    if (parsed.negate) {
      if (value === false) flags.set(longName(option), true);
    } else if (value !== undefined) flags.set(longName(option), value);
  }
  return { path, positionals: command.args, flags };
}

// Defaults and environment variables are resolved after parsing (settings/resolve.ts), because the settings file stands
// between them; commander gets to know only what was really given.
function toCommanderOption(specification: OptionSpecification): Option {
  const { flags, kind, choices } = specification;
  const option = new Option(flags, describeOption(specification));
  if (kind === 'flag') return option;
  return option.argParser((text: string, previous: Value | undefined) => {
    try {
      const value = parseValue(kind, text, choices);
      return Array.isArray(value) && Array.isArray(previous) ? [...previous, ...value] : value;
    } catch (error) {
      throw new InvalidArgumentError(`${reasonOf(error)}`);
    }
  });
}

function describeOption(option: OptionSpecification): string {
  const byDefault = option.defaultDescription ?? option.default;
  const notes = [
    option.choices ? `choices: ${option.choices.join(', ')}` : '',
    byDefault === undefined ? '' : `default: ${byDefault}`,
    option.environment === undefined ? '' : `environment: ${option.environment}`,
  ].filter((note) => note !== '');
  return notes.length > 0 ? `${option.description} (${notes.join('; ')})` : option.description;
}

function examplesText({ examples }: CommandSpecification): string {
  return `\nExamples:\n${examples.map(([line, does]) => `  # ${does}\n  ${line}`).join('\n')}`;
}
