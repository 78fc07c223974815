import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { ENGINE } from '../commands/engine.ts';
import type { CommandContext } from '../commands/specification.ts';
import { resolveSettings } from '../settings/resolve.ts';
import type { Value } from '../settings/values.ts';
import { runEngine } from './command.ts';
import { isLetIn, localClient } from './local-client.ts';
import { runResetPassword } from './reset-password.ts';

const [RESET_PASSWORD] = ENGINE.subcommands ?? [];

test('the first start prints the password once, in the words of the original, and where the authority is', async () => {
  const home = temporary();
  const first = start(home);
  await first.printed(/listens at/);
  const [, password = ''] =
    /The generated password for the elastic built-in superuser is : (\S+)/.exec(first.text()) ?? [];
  const data = join(home, 'gatelog');
  expect(first.text()).toContain('Security autoconfiguration information');
  expect(first.text()).toContain(join(data, 'certs', 'http_ca.crt'));
  expect(JSON.parse(readFileSync(join(data, 'credentials'), 'utf8'))).toEqual({ user: 'elastic', password });
  expect(statSync(join(data, 'credentials')).mode & 0o077).toBe(0);
  expect(await first.stop()).toBe(0);

  const second = start(home);
  await second.printed(/listens at/);
  expect(second.text()).not.toContain('password for the elastic');
  expect(second.text()).not.toContain(password);
  await second.stop();
});

test('a new password is taken up by the engine that runs, and by local commands', async () => {
  const home = temporary();
  const engine = start(home, { json: true });
  await engine.printed(/"ready"/);
  const { url, ca, credentials } = JSON.parse(engine.text()) as { url: string; ca: string; credentials: string };
  const { password: old } = JSON.parse(readFileSync(credentials, 'utf8')) as { password: string };
  const reset = context(RESET_PASSWORD?.options ?? [], { json: true }, home);
  await runResetPassword(reset.context);
  const { password } = JSON.parse(reset.text()) as { password: string };
  expect(JSON.parse(readFileSync(credentials, 'utf8'))).toEqual({ user: 'elastic', password });
  const accepts = async (candidate: string): Promise<boolean> => {
    const client = await localClient({ url, caFile: ca }, candidate);
    return isLetIn(client).finally(client.close);
  };
  await vi.waitFor(async () => expect([await accepts(password), await accepts(old)]).toEqual([true, false]), {
    timeout: 8_000,
  });
  expect(await engine.stop()).toBe(0);
});

test('a password from the environment is the one of the first start, and is not printed', async () => {
  const home = temporary();
  const engine = start(home, { insecure: true }, { ELASTIC_PASSWORD: 'chosen by me' });
  await engine.printed(/listens at http:/);
  expect(engine.text()).not.toContain('chosen by me');
  expect(readFileSync(join(home, 'gatelog', 'credentials'), 'utf8')).toContain('chosen by me');
  await engine.stop();
});

test.each<[string, Record<string, Value>, NodeJS.ProcessEnv, string]>([
  ['a password that is too short', {}, { ELASTIC_PASSWORD: 'abc' }, 'GATELOG_ENGINE_PASSWORD_INVALID'],
  ['an address of another machine', { host: '192.0.2.1' }, {}, 'GATELOG_LISTEN_FAILED'],
])('%s is a clear error', async (_, given, environment, code) => {
  await expect(start(temporary(), given, environment).ended).rejects.toMatchObject({ code });
});

test('a port that is taken is a clear error that names the option', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  await expect(start(temporary(), { port }).ended).rejects.toMatchObject({
    code: 'GATELOG_LISTEN_PORT_IN_USE',
    advice: expect.stringContaining('--port') as string,
  });
  await new Promise((resolve) => other.close(resolve));
});

test('to listen for other machines is said to be what it is', async () => {
  const engine = start(temporary(), { host: '0.0.0.0' });
  await engine.printed(/listens at/);
  expect(engine.text()).toMatch(/Warning: the engine listens on 0\.0\.0\.0, where other machines may reach it/);
  await engine.stop();
});

test('a password cannot be reset where there is no engine', async () => {
  const reset = context(RESET_PASSWORD?.options ?? [], {}, temporary());
  await expect(runResetPassword(reset.context)).rejects.toMatchObject({ code: 'GATELOG_ENGINE_PASSWORD_UNCHANGED' });
});

interface Started {
  readonly printed: (pattern: RegExp) => Promise<void>;
  readonly text: () => string;
  readonly ended: Promise<number | void>;
  /** As SIGTERM does; resolves with the exit code. */
  readonly stop: () => Promise<number>;
}

function start(home: string, given: Record<string, Value> = {}, environment: NodeJS.ProcessEnv = {}): Started {
  const stop = new AbortController();
  const { context: own, text } = context(ENGINE.options, { port: 0, ...given }, home, environment, stop.signal);
  const ended = runEngine(own);
  ended.catch(() => {});
  return {
    ended,
    text,
    printed: (pattern) =>
      Promise.race([
        vi.waitFor(() => expect(text()).toMatch(pattern), { timeout: 15_000, interval: 10 }),
        ended.then(() => Promise.reject(new Error('it ended'))),
      ]),
    stop: async () => {
      stop.abort();
      return (await ended) ?? 0;
    },
  };
}

function context(
  options: typeof ENGINE.options,
  given: Record<string, Value>,
  home: string,
  environment: NodeJS.ProcessEnv = {},
  signal: AbortSignal = new AbortController().signal,
): { context: CommandContext; text: () => string } {
  let text = '';
  const output = new Writable({
    write: (chunk: Buffer, _, done) => {
      text += chunk.toString();
      done();
    },
  });
  const own = { XDG_DATA_HOME: home, ...environment };
  const flags = new Map(Object.entries(given));
  const settings = resolveSettings({ options, flags, environment: own, file: undefined, command: 'engine' });
  const streams = { stdout: output, stderr: output };
  return { context: { positionals: [], settings, signal, environment: own, ...streams }, text: () => text };
}

function temporary(): string {
  return mkdtempSync(join(tmpdir(), 'gatelog-engine-'));
}
