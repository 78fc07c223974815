import { JSON_OPTION } from './common-options.ts';
import type { CommandSpecification } from './specification.ts';

export const SIMULATE: CommandSpecification = {
  name: 'simulate',
  summary: 'send traffic to a server on this machine',
  description:
    'Sends traffic to a server on this machine, to see what it records. A target that is not a loopback address is ' +
    'refused; names are resolved once and connected to as verified, redirects are not followed. Profiles: seed sends ' +
    'GET, POST and PUT to the two pages of "gatelog demo" (673 requests a round), visitor browses, scanner probes. ' +
    'On Linux visitors and scanners come from several loopback addresses.',
  arguments: [],
  options: [
    {
      flags: '--profile <name>',
      kind: 'text',
      description: 'what kind of traffic',
      default: 'seed',
      choices: ['seed', 'visitor', 'scanner'],
    },
    { flags: '--url <url>', kind: 'text', description: 'server to send it to', default: 'http://127.0.0.1:5000' },
    {
      flags: '-n, --requests <number>',
      kind: 'integer',
      description: 'how many requests',
      defaultDescription: 'seed 673, visitor 100, scanner 200',
    },
    {
      flags: '--rate <number/s>',
      kind: 'text',
      description: 'requests a second',
      defaultDescription: 'as fast as the server answers',
    },
    {
      flags: '--seed <number>',
      kind: 'integer',
      description: 'the same number sends the same requests in the same order',
      default: '1',
    },
    JSON_OPTION,
  ],
  examples: [
    ['gatelog simulate', 'one round of the mix that the demo server knows'],
    ['gatelog simulate --profile scanner --rate 20/s', 'probes, twenty a second'],
    ['gatelog simulate --url http://localhost:3000 --profile visitor -n 500', 'visitors of your own server'],
  ],
  load: async () => (await import('../simulate/command.ts')).runSimulate,
};
