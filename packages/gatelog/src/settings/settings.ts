import type { Value } from './values.ts';

/**
 * The values a command runs with, already resolved (flag, environment, settings file, default) and of the kind their
 * option declares. Asking for an option the command does not have, or as another kind, is a mistake in the program
 * and throws a `TypeError`.
 */
export class Settings {
  readonly #values: ReadonlyMap<string, Value | undefined>;

  /** `values` holds an entry for every option of the command, `undefined` when it was neither given nor has a default. */
  constructor(values: ReadonlyMap<string, Value | undefined>) {
    this.#values = values;
  }

  text(name: string): string {
    return required(name, this.optionalText(name));
  }

  optionalText(name: string): string | undefined {
    const value = this.#value(name);
    return value === undefined || typeof value === 'string' ? value : wrongKind(name);
  }

  /** An integer, a duration in milliseconds or a size in bytes. */
  number(name: string): number {
    return required(name, this.optionalNumber(name));
  }

  optionalNumber(name: string): number | undefined {
    const value = this.#value(name);
    return value === undefined || typeof value === 'number' ? value : wrongKind(name);
  }

  flag(name: string): boolean {
    const value = this.#value(name);
    return value === undefined || typeof value === 'boolean' ? (value ?? false) : wrongKind(name);
  }

  list(name: string): readonly string[] {
    const value = this.#value(name);
    return value === undefined || Array.isArray(value) ? (value ?? []) : wrongKind(name);
  }

  #value(name: string): Value | undefined {
    if (!this.#values.has(name)) throw new TypeError(`this command has no option --${name}`);
    return this.#values.get(name);
  }
}

function required<Kind>(name: string, value: Kind | undefined): Kind {
  if (value === undefined) throw new TypeError(`--${name} has no value and no default`);
  return value;
}

function wrongKind(name: string): never {
  throw new TypeError(`--${name} is of another kind`);
}
