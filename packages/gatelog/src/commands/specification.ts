import type { Writable } from 'node:stream';
import type { Settings } from '../settings/settings.ts';
import type { ValueKind } from '../settings/values.ts';

/** One option: the same entry feeds the parser, `--help`, the settings file and the documentation. */
export interface OptionSpecification {
  /** As commander writes them: `-n, --size <number>`, `--follow`. The long name is the setting's name. */
  readonly flags: string;
  readonly kind: ValueKind;
  /** What it does and what it costs, as one sentence without its full stop. */
  readonly description: string;
  /** Written as on the command line (`30s`); left away when there is none. */
  readonly default?: string;
  /** What to show as the default in help when it is not a constant. */
  readonly defaultDescription?: string;
  /** Environment variable that sets it, used when the option is not given. */
  readonly environment?: string;
  readonly choices?: readonly string[];
}

export interface ArgumentSpecification {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly variadic: boolean;
}

/** One command of the program. It is data and a loader: nothing heavy may be imported by a file that declares one. */
export interface CommandSpecification {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What it does, for its own `--help`; the summary when left away. */
  readonly description?: string;
  readonly arguments: readonly ArgumentSpecification[];
  readonly options: readonly OptionSpecification[];
  /** Pairs of a command line and what it does. */
  readonly examples: readonly (readonly [commandLine: string, does: string])[];
  /** Commands under this one (`engine users`). A command with a `load` of its own may have them too. */
  readonly subcommands?: readonly CommandSpecification[];
  /** Imports the code that does the work, at the moment it is needed. */
  readonly load?: () => Promise<CommandRunner>;
}

/** Does the work. Resolves with the exit code, or nothing for 0; throws a `GatelogError` for failures it knows. */
export type CommandRunner = (context: CommandContext) => Promise<number | void>;

/** All that a command may touch of the process it runs in. */
export interface CommandContext {
  /** Positional arguments, in order. */
  readonly positionals: readonly string[];
  readonly settings: Settings;
  /** Aborted at the first SIGINT or SIGTERM: finish what was begun and return. A second signal ends the process. */
  readonly signal: AbortSignal;
  readonly environment: NodeJS.ProcessEnv;
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
}
