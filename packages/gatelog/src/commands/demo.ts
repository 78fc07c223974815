import { JSON_OPTION } from './common-options.ts';
import type { CommandSpecification } from './specification.ts';

export const DEMO: CommandSpecification = {
  name: 'demo',
  summary: 'run a two-page web server that records its requests',
  description:
    'Runs a web server with two pages, / and /operation, that records every request. POST and PUT on / are answered ' +
    'but logged as WARNING, PUT on /operation is refused and logged as ERROR, any other path is a WARNING. The log ' +
    'rotates at 1 MB and keeps three older files.',
  arguments: [],
  options: [
    { flags: '--host <address>', kind: 'text', description: 'address to listen on', default: '127.0.0.1' },
    { flags: '--port <number>', kind: 'port', description: 'port to listen on, 0 for any', default: '5000' },
    { flags: '--log <file>', kind: 'text', description: 'log to write', default: 'logs/app.log' },
    {
      flags: '--format <name>',
      kind: 'text',
      description: 'lines as the classic log has them, or a JSON document a line',
      default: 'classic',
      choices: ['classic', 'ecs'],
    },
    JSON_OPTION,
  ],
  examples: [
    ['gatelog demo', 'listen on http://127.0.0.1:5000 and write logs/app.log'],
    ['gatelog demo --port 5001 --format ecs', 'elsewhere, with all there is to know of a request'],
  ],
  load: async () => (await import('../demo/command.ts')).runDemo,
};
