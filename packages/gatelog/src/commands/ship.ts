import { STORE_OPTIONS } from '../elastic/options.ts';
import { JSON_OPTION } from './common-options.ts';
import type { CommandSpecification } from './specification.ts';

export const SHIP: CommandSpecification = {
  name: 'ship',
  summary: 'read log files and store their lines',
  description:
    'Reads log files and stores each line as a document. What was stored is remembered in a checkpoint, and the id of ' +
    'a document derives from its line, so running it again stores nothing twice. Lines that cannot be read, and ' +
    'documents that the store rejects, are kept in dead-letters.ndjson in the state folder.',
  arguments: [{ name: 'file', description: 'log files', required: true, variadic: true }],
  options: [
    { flags: '-i, --index <name>', kind: 'text', description: 'index to store into', default: 'gatelog-access' },
    {
      flags: '--schema <name>',
      kind: 'text',
      description: 'documents in ECS names, or the four keys timestamp, loglevel, message, ip_address',
      default: 'ecs',
      choices: ['ecs', 'classic'],
    },
    {
      flags: '--format <name>',
      kind: 'text',
      description: 'format of the lines; auto looks at the first lines of each file',
      default: 'auto',
      choices: ['auto', 'classic', 'ecs', 'combined'],
    },
    { flags: '-f, --follow', kind: 'flag', description: 'go on with what is written to the files, through rotations' },
    { flags: '--dry-run', kind: 'flag', description: 'print the documents, store nothing and remember nothing' },
    {
      flags: '--state <folder>',
      kind: 'text',
      description: 'folder of the checkpoint and the dead letters',
      defaultDescription: '$XDG_STATE_HOME/gatelog',
      environment: 'GATELOG_STATE',
    },
    {
      flags: '--retry-for <duration>',
      kind: 'duration',
      description: 'how long to wait for a store that is down or overloaded; with --follow it waits for ever',
      default: '30s',
    },
    JSON_OPTION,
    ...STORE_OPTIONS,
  ],
  examples: [
    ['gatelog ship logs/app.log', 'store a log once'],
    ['gatelog ship logs/app.log --follow', 'and go on for ever'],
    ['gatelog ship logs/app.log --index my_logs --schema classic', 'documents with four plain keys'],
    ['gatelog ship /var/log/nginx/access.log --dry-run', 'see the documents first'],
  ],
  load: async () => (await import('../ship/command.ts')).runShip,
};
