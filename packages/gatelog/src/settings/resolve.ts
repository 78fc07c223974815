import type { OptionSpecification } from '../commands/specification.ts';
import { gatelogError, reasonOf } from '../errors/gatelog-error.ts';
import type { SettingsFile } from './file.ts';
import { Settings } from './settings.ts';
import { parseValue, type Value } from './values.ts';

export interface SettingSources {
  readonly options: readonly OptionSpecification[];
  /** What was given on the command line, by long name. */
  readonly flags: ReadonlyMap<string, Value>;
  readonly environment: NodeJS.ProcessEnv;
  readonly file: SettingsFile | undefined;
  /** Name of the command, whose section of the file goes before the top of the file. */
  readonly command: string;
}

/** Resolves every option: flag, then environment, then settings file, then default. Throws GATELOG_SETTING_INVALID. */
export function resolveSettings(sources: SettingSources): Settings {
  return new Settings(
    new Map(sources.options.map((option) => [longName(option), resolveOption(option, sources)] as const)),
  );
}

/** `size` of `-n, --size <number>`; `color` of `--no-color` stays `no-color`. */
export function longName(option: OptionSpecification): string {
  const [, name] = /--([\w-]+)/.exec(option.flags) ?? [];
  if (name === undefined) throw new TypeError(`the option "${option.flags}" has no long name`);
  return name;
}

function resolveOption(option: OptionSpecification, sources: SettingSources): Value | undefined {
  const name = longName(option);
  return (
    sources.flags.get(name) ??
    fromEnvironment(option, sources.environment) ??
    fromFile(option, name, sources) ??
    (option.default === undefined ? undefined : parse(option, `the default of --${name}`, option.default))
  );
}

// An empty variable is one that is not set: `ELASTICSEARCH_URL= gatelog search` must not search at "".
function fromEnvironment(option: OptionSpecification, environment: NodeJS.ProcessEnv): Value | undefined {
  const text = option.environment === undefined ? undefined : environment[option.environment];
  return text ? parse(option, option.environment ?? '', text) : undefined;
}

function fromFile(option: OptionSpecification, name: string, { file, command }: SettingSources): Value | undefined {
  if (file === undefined) return undefined;
  const section = file.content[command];
  const raw = (isRecord(section) ? section[name] : undefined) ?? file.content[name];
  if (raw === undefined || raw === null || isRecord(raw)) return undefined;
  const label = `${name} in ${file.path}`;
  if (!Array.isArray(raw)) return parse(option, label, String(raw));
  if (option.kind === 'list') return raw.map(String);
  throw gatelogError('GATELOG_SETTING_INVALID', {
    setting: label,
    value: raw.join(', '),
    reason: 'it takes one value',
  });
}

function parse(option: OptionSpecification, setting: string, text: string): Value {
  try {
    return parseValue(option.kind, text, option.choices);
  } catch (error) {
    throw gatelogError('GATELOG_SETTING_INVALID', { setting, value: text, reason: reasonOf(error) }, error);
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
