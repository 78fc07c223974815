import { STORE_OPTIONS } from '../elastic/options.ts';
import { JSON_OPTION } from './common-options.ts';
import type { CommandSpecification } from './specification.ts';

export const DOCTOR: CommandSpecification = {
  name: 'doctor',
  summary: 'check the whole chain and say what to do about what is wrong',
  description:
    'Checks Node, ports, folders, disk, certificates, the store and its credential, clocks and logs: a line each, ' +
    'ok, warn or fail, with what to do. Exit code 1 when something fails. It changes nothing.',
  arguments: [],
  options: [
    { flags: '--log <file>', kind: 'list', description: 'log to check; may be given many times, globs too' },
    {
      flags: '--data <folder>',
      kind: 'text',
      description: 'data folder of the embedded engine',
      defaultDescription: '$XDG_DATA_HOME/gatelog',
    },
    {
      flags: '--state <folder>',
      kind: 'text',
      description: 'folder of the checkpoint and the dead letters',
      defaultDescription: '$XDG_STATE_HOME/gatelog',
      environment: 'GATELOG_STATE',
    },
    { flags: '--demo-port <number>', kind: 'port', description: 'port of the demo server', default: '5000' },
    JSON_OPTION,
    ...STORE_OPTIONS,
  ],
  examples: [
    ['gatelog doctor', 'what is wrong here?'],
    ["gatelog doctor --log '/var/log/nginx/*.log'", 'can these logs be read?'],
    ['gatelog doctor --url https://search.example:9200', 'is that cluster reachable, and does it let us in?'],
  ],
  load: async () => (await import('../doctor/command.ts')).runDoctor,
};
