import { resolve } from 'node:path';
import type { CommandContext, CommandRunner } from '../commands/specification.ts';
import { aborted } from '../engine/aborted.ts';
import { writeText } from '../output/write.ts';
import { dataFolder } from '../settings/paths.ts';
import { liveCounters } from './counters.ts';
import { idleMemory } from './idle-memory.ts';
import { expandLogPaths } from './log-paths.ts';
import { describeUp, type UpAddresses } from './screen.ts';
import { preferSmallHeap } from './small-heap.ts';
import { startUp } from './up.ts';

const STORE_PORT = 9_200;

/** `gatelog up`: runs until it is asked to stop, then ends with 0 when all that was logged is stored. */
export const runUp: CommandRunner = async (context) => {
  preferSmallHeap();
  const { settings, environment, signal, stdout } = context;
  const counters = liveCounters(context);
  const memory = idleMemory();
  const up = await startUp({
    data: dataOf(context),
    state: settings.optionalText('state'),
    port: settings.number('port'),
    memory: settings.number('memory'),
    password: environment['ELASTIC_PASSWORD'],
    logs: await expandLogPaths(settings.list('log')),
    index: settings.text('index'),
    demoPort: settings.flag('demo') ? settings.number('demo-port') : undefined,
    simulate: !settings.flag('no-simulate'),
    onProgress: (counts) => {
      counters.add(counts);
      memory.add(counts.lines);
    },
    onNotice: settings.flag('json') ? (message) => void stdout.write(jsonLine('notice', { message })) : counters.notice,
  }).catch((error: unknown) => {
    counters.stop();
    throw error;
  });
  try {
    await announce(context, up.addresses);
    await Promise.race([aborted(signal), up.begin()]);
  } finally {
    counters.stop();
    memory.stop();
    await up.stop();
  }
};

async function announce(context: CommandContext, addresses: UpAddresses): Promise<void> {
  const { settings, environment, stdout } = context;
  if (settings.flag('json')) {
    return writeText(stdout, jsonLine('ready', { ...addresses, pid: process.pid }));
  }
  const deviations = {
    // Started by npm or npx, gatelog is likely not on the path of the other terminal.
    program: environment['npm_execpath'] ? 'npx gatelog' : 'gatelog',
    isUsualPort: new URL(addresses.store.url).port === String(STORE_PORT),
    isUsualData: dataOf(context) === dataFolder(environment),
  };
  return writeText(stdout, describeUp(addresses, deviations));
}

function jsonLine(event: string, content: object): string {
  return `${JSON.stringify({ event, ...content })}\n`;
}

function dataOf({ settings, environment }: CommandContext): string {
  return resolve(settings.optionalText('data') ?? dataFolder(environment));
}
