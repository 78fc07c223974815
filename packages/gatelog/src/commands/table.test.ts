import { expect, test } from 'vitest';
import { longName } from '../settings/resolve.ts';
import { parseValue } from '../settings/values.ts';
import { type CommandDescription, describeCommands } from './describe.ts';

const described = describeCommands();
const everyCommand = (commands: readonly CommandDescription[]): readonly CommandDescription[] =>
  commands.flatMap((command) => [command, ...everyCommand(command.subcommands)]);

test('the table can be written as JSON, for the documentation', () => {
  expect(JSON.parse(JSON.stringify(described))).toEqual(described);
});

test.each(everyCommand(described).map((command) => [command.name, command] as const))(
  'the options of %s have defaults they would accept, and no name twice',
  (_, { options }) => {
    for (const { kind, choices, default: byDefault } of options) {
      if (byDefault !== undefined) expect(() => parseValue(kind, byDefault, choices)).not.toThrow();
    }
    const names = options.map(longName);
    expect(new Set(names).size).toBe(names.length);
  },
);

test.each(described.map((command) => [command.name, command] as const))(
  '%s says what it does, with examples of itself',
  (name, { summary, examples, subcommands }) => {
    expect(summary).not.toMatch(/\.$/);
    expect([...examples, ...everyCommand(subcommands).flatMap((command) => command.examples)]).not.toEqual([]);
    for (const [line] of examples) expect(line).toMatch(new RegExp(String.raw`\bgatelog ${name}\b`));
  },
);

test('no option takes a password', () => {
  const names = everyCommand(described).flatMap(({ options }) => options.map(longName));
  expect(names.filter((name) => /pass|secret|token/.test(name))).toEqual([]);
});
