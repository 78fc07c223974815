import { expect, test } from 'vitest';
import { buildParser, type Invocation } from './parser.ts';
import type { CommandSpecification, OptionSpecification } from './specification.ts';

const FOLDER: OptionSpecification = { flags: '--folder <folder>', kind: 'text', description: 'where' };
const load: CommandSpecification['load'] = async () => async () => {};
const COMMAND: CommandSpecification = {
  name: 'store',
  summary: 'keep things',
  arguments: [],
  options: [FOLDER, { flags: '--no-color', kind: 'flag', description: 'plain' }],
  examples: [],
  subcommands: [{ name: 'empty', summary: 'throw them away', arguments: [], options: [FOLDER], examples: [], load }],
  load,
};

test.each([
  ['a command', ['store', '--folder', 'a'], ['store'], { folder: 'a' }],
  ['a command under it', ['store', 'empty', '--folder', 'a'], ['store', 'empty'], { folder: 'a' }],
  [
    'an option given before the command under it',
    ['store', '--folder', 'a', 'empty'],
    ['store', 'empty'],
    { folder: 'a' },
  ],
  ['a negative option that was given', ['store', '--no-color'], ['store'], { 'no-color': true }],
  ['a negative option that was not', ['store'], ['store'], {}],
])('%s', (_, line, path, flags) => {
  const { path: found, flags: given } = invoke(line);
  expect(found.map(({ name }) => name)).toEqual(path);
  expect(Object.fromEntries(given)).toEqual(flags);
});

function invoke(line: readonly string[]): Invocation {
  const found: Invocation[] = [];
  const hooks = {
    version: '1',
    write: () => {},
    onInvocation: (invocation: Invocation) => void found.push(invocation),
  };
  buildParser([COMMAND], hooks).parse([...line], { from: 'user' });
  return found[0] as Invocation;
}
