import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { gatelogError } from '../errors/gatelog-error.ts';
import { type MainResult, runMain as runProgram } from './run-main.testing.ts';
import type { CommandContext, CommandRunner, CommandSpecification } from './specification.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a command line used wrongly', () => {
  test.each([
    ['an unknown command', ['grub'], "unknown command 'grub' (Did you mean grab?)"],
    ['an unknown option', ['grab', 'x', '--what'], "unknown option '--what'"],
    ['a missing argument', ['grab'], "missing required argument 'thing'"],
    ['one argument too many', ['grab', 'x', 'y'], 'too many arguments'],
    ['a value that is no number', ['grab', 'x', '--size', '-1'], 'it must be a whole number'],
    ['a value out of the choices', ['grab', 'x', '--hand', 'third'], 'it must be one of left, right'],
    ['an option without its value', ['grab', 'x', '--size'], 'argument missing'],
  ])('%s is exit code 2 and one clear line', async (_, line, expected) => {
    const { code, errors } = await runMain(line);
    expect(code).toBe(2);
    expect(errors).toContain(expected);
    expect(errors.match(/\n/g)).toHaveLength(1);
  });

  test('no command at all shows help on stderr and is exit code 2', async () => {
    const { code, errors } = await runMain([]);
    expect(code).toBe(2);
    expect(errors).toContain('Usage: gatelog');
  });
});

describe('settings', () => {
  test('come from the flag, else the environment, else the file, else the default', async () => {
    const config = await settingsFile('hand: left\ngrab:\n  hand: right\n  size: 3\n');
    const seen: (string | number)[] = [];
    const look: CommandRunner = async ({ settings }) => {
      seen.push(settings.text('hand'), settings.number('size'));
    };
    await runMain(['grab', 'x'], look);
    await runMain(['grab', 'x', '--config', config], look);
    vi.stubEnv('GRAB_HAND', 'left');
    await runMain(['grab', 'x', '--config', config], look);
    await runMain(['grab', 'x', '--config', config, '--hand', 'right', '--size', '9'], look);
    expect(seen).toEqual(['left', 1, 'right', 3, 'left', 3, 'right', 9]);
  });

  test.each([
    ['a wrong value', 'size: many', 'size in {file} is "many": it must be a whole number'],
    ['an unknown name', 'sise: 3', 'there is no option or command "sise"'],
    ['an unknown name in a section', 'grab:\n  sise: 3', 'the command grab has no option "sise"'],
    ['no mapping', '- a', 'it must hold names and values'],
    ['broken YAML', 'a: [1', 'is not valid'],
  ])('%s in the file is exit code 2 and one clear line', async (_, content, expected) => {
    const config = await settingsFile(content);
    const { code, errors } = await runMain(['grab', 'x', '--config', config]);
    expect(code).toBe(2);
    expect(errors).toContain(expected.replace('{file}', config));
    expect(errors.match(/\n/g)).toHaveLength(1);
  });

  test('a settings file that was named and is not there is exit code 2', async () => {
    const { code, errors } = await runMain(['grab', 'x', '--config', '/nowhere/gatelog.yaml']);
    expect([code, errors]).toEqual([2, expect.stringContaining('no such file')]);
  });
});

describe('failures', () => {
  test('a known one prints what happened, what to do and its code, and ends with its exit code', async () => {
    const { code, errors } = await runMain(['grab', 'x'], async () => {
      throw gatelogError('GATELOG_SHIP_FILE_MISSING', { file: 'a\u001b[31m.log' });
    });
    expect(code).toBe(1);
    expect(errors).toBe(
      'gatelog: there is no file a\\x1b[31m.log. Check the path, or use --follow to wait until it appears. [GATELOG_SHIP_FILE_MISSING]\n',
    );
  });

  test('--verbose adds the stack and the cause', async () => {
    expect((await runMain(['grab', 'x', '--verbose'], fail)).errors).toMatch(/main\.test\.ts[^]*the root of it/);
    expect((await runMain(['grab', 'x'], fail)).errors).not.toContain('the root of it');
  });

  test('an unknown one is exit code 1 and still one line', async () => {
    const { code, errors } = await runMain(['grab', 'x'], async () => {
      throw new Error('two\nlines');
    });
    expect([code, errors.match(/\n/g)?.length]).toEqual([1, 1]);
    expect(errors).toContain('unexpected error: two\\x0alines');
  });
});

test('the first SIGTERM aborts the signal handed to the command, and the command decides the exit code', async () => {
  const { code } = await runMain(['grab', 'x'], async ({ signal }) => {
    const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    process.kill(process.pid, 'SIGTERM');
    await aborted;
  });
  expect(code).toBe(0);
  expect(process.listenerCount('SIGTERM')).toBe(0);
});

async function fail(): Promise<never> {
  throw gatelogError('GATELOG_SHIP_FILE_MISSING', { file: 'a.log' }, new Error('the root of it'));
}

function runMain(line: readonly string[], run: CommandRunner = async () => {}): Promise<MainResult> {
  return runProgram(line, [grab(run)]);
}

function grab(run: (context: CommandContext) => Promise<number | void>): CommandSpecification {
  return {
    name: 'grab',
    summary: 'take a thing',
    arguments: [{ name: 'thing', description: 'what to take', required: true, variadic: false }],
    options: [
      { flags: '-n, --size <number>', kind: 'integer', description: 'how big', default: '1' },
      {
        flags: '--hand <hand>',
        kind: 'text',
        description: 'which hand',
        default: 'left',
        choices: ['left', 'right'],
        environment: 'GRAB_HAND',
      },
    ],
    examples: [['gatelog grab apple', 'take an apple']],
    load: async () => run,
  };
}

async function settingsFile(content: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'gatelog-settings-')), 'gatelog.yaml');
  await writeFile(path, content);
  return path;
}
