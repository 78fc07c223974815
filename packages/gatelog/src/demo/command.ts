import type { CommandRunner } from '../commands/specification.ts';
import { aborted } from '../engine/aborted.ts';
import { writeText } from '../output/write.ts';
import { type DemoOptions, startDemo } from './server.ts';

/** `gatelog demo`: listens until it is asked to stop, then writes what is left of the log and ends with 0. */
export const runDemo: CommandRunner = async ({ settings, signal, stdout, stderr }) => {
  const demo = await startDemo({
    host: settings.text('host'),
    port: settings.number('port'),
    portOption: '--port',
    log: settings.text('log'),
    format: settings.text('format') as DemoOptions['format'],
    onError: (error) => void stderr.write(`Warning: ${error.message}\n`),
  });
  try {
    const { url, log } = demo;
    const ready = `The demo listens at ${url} and writes ${log}\nTry it: gatelog simulate --url ${url}\n`;
    const event = { event: 'ready', url, log, pid: process.pid };
    await writeText(stdout, settings.flag('json') ? `${JSON.stringify(event)}\n` : ready);
    await aborted(signal);
  } finally {
    await demo.close();
  }
};
