import { JSON_OPTION } from './common-options.ts';
import type { CommandSpecification } from './specification.ts';

export const UP: CommandSpecification = {
  name: 'up',
  summary: 'everything on one machine in one command',
  description:
    'Starts the embedded engine, follows the logs and stores their lines. On the first start the engine makes a ' +
    'certificate authority and a password for the user elastic (or takes ELASTIC_PASSWORD); the password is kept in ' +
    'DATA/credentials, which only you can read, so that "gatelog search" on this machine works at once. --demo adds a ' +
    'two-page web server with a little simulated traffic, to try things on. Ctrl-C stops it cleanly.',
  arguments: [],
  options: [
    {
      flags: '-l, --log <file>',
      kind: 'list',
      description: 'log to follow, there already or not; may be given many times, globs in quotes',
    },
    { flags: '--demo', kind: 'flag', description: 'add the demo server, its log and a little simulated traffic' },
    { flags: '--no-simulate', kind: 'flag', description: 'with --demo: no simulated traffic' },
    { flags: '--port <number>', kind: 'port', description: 'port of the store, 0 for any', default: '9200' },
    { flags: '--demo-port <number>', kind: 'port', description: 'port of the demo, 0 for any', default: '5000' },
    { flags: '-i, --index <name>', kind: 'text', description: 'index to store into', default: 'gatelog-access' },
    {
      flags: '--data <folder>',
      kind: 'text',
      description: 'folder of the stored documents, certificates and credentials',
      defaultDescription: '$XDG_DATA_HOME/gatelog',
    },
    {
      flags: '--state <folder>',
      kind: 'text',
      description: 'folder of the checkpoint and the dead letters',
      defaultDescription: 'DATA/state',
    },
    {
      flags: '--memory <size>',
      kind: 'size',
      description: 'how much of what is read from disk is kept in memory; more is faster on many documents',
      default: '64mb',
    },
    JSON_OPTION,
  ],
  examples: [
    ['gatelog up --demo', 'see it work'],
    ["gatelog up --log '/var/log/nginx/*.log'", 'store what your web server logs'],
  ],
  load: async () => (await import('../up/command.ts')).runUp,
};
