import type { CommandContext, CommandRunner } from '../commands/specification.ts';
import { isLoopback } from '../elastic/connection.ts';
import { escapeForTerminal } from '../output/escape.ts';
import { writeText } from '../output/write.ts';
import { dataFolder } from '../settings/paths.ts';
import { aborted } from './aborted.ts';
import { securityBanner } from './banner.ts';
import { type LocalEngine, startLocalEngine } from './local-engine.ts';

/** `gatelog engine`: listens until it is asked to stop, then flushes and ends with 0. */
export const runEngine: CommandRunner = async (context) => {
  const { settings, environment, signal, stderr } = context;
  const host = settings.text('host');
  const engine = await startLocalEngine({
    data: settings.optionalText('data') ?? dataFolder(environment),
    host,
    port: settings.number('port'),
    insecure: settings.flag('insecure'),
    password: environment['ELASTIC_PASSWORD'],
    memory: settings.optionalNumber('memory'),
    onNotice: (notice) => void stderr.write(`${escapeForTerminal(notice)}\n`),
  });
  try {
    if (!isLoopback(host)) await writeText(stderr, exposureWarning(host, engine));
    await announce(context, engine);
    await aborted(signal);
  } finally {
    await engine.close();
  }
};

async function announce({ settings, stdout }: CommandContext, engine: LocalEngine): Promise<void> {
  const { url, caFile, credentials, firstPassword } = engine;
  if (settings.flag('json')) {
    const ready = { event: 'ready', url, user: 'elastic', credentials, ca: caFile, pid: process.pid };
    return writeText(stdout, `${JSON.stringify(ready)}\n`);
  }
  const banner = firstPassword === undefined ? '' : `${securityBanner(engine, firstPassword)}\n`;
  const authority = caFile === undefined ? '' : ` --cacert ${caFile}`;
  await writeText(
    stdout,
    `${banner}The engine listens at ${url}\n` +
      (credentials === undefined ? '' : `Local commands find its password in ${credentials}\n`) +
      `Try it: curl${authority} -u elastic:$ELASTIC_PASSWORD ${url}\n`,
  );
}

function exposureWarning(host: string, { caFile }: LocalEngine): string {
  const plain = caFile === undefined ? ', and without TLS the password with it' : '';
  return (
    `Warning: the engine listens on ${host}, where other machines may reach it: whoever has the password can read and ` +
    `change everything stored${plain}. Keep a firewall in front of it, or leave --host away.\n`
  );
}
