import { JSON_OPTION } from './common-options.ts';
import type { CommandSpecification, OptionSpecification } from './specification.ts';

const WHICH: readonly OptionSpecification[] = [
  {
    flags: '--unit <name>',
    kind: 'text',
    description: 'what it runs: "gatelog up" or "gatelog engine"',
    default: 'up',
    choices: ['up', 'engine'],
  },
  { flags: '--user', kind: 'flag', description: "a service of your own, without root, run by your user's systemd" },
];

const UNIT: readonly OptionSpecification[] = [
  ...WHICH,
  { flags: '--log <file>', kind: 'list', description: 'log to follow (--unit up); may be given many times, globs too' },
  {
    flags: '--data <folder>',
    kind: 'text',
    description: 'folder of the stored documents, which must exist',
    defaultDescription: '/var/lib/gatelog, with --user $XDG_DATA_HOME/gatelog',
  },
  { flags: '--port <number>', kind: 'port', description: 'port of the embedded engine', defaultDescription: '9200' },
  {
    flags: '--run-as <user>',
    kind: 'text',
    description: 'user it runs as',
    defaultDescription: 'one that systemd makes for it alone; with --data, you',
  },
  { flags: '--group <name>', kind: 'text', description: 'group that may read the logs, often adm' },
];

const NOW: OptionSpecification = { flags: '--now', kind: 'flag', description: 'run the systemctl commands as well' };

export const SERVICE: CommandSpecification = {
  name: 'service',
  summary: 'run gatelog as a systemd service',
  description:
    'Writes systemd units that run gatelog from boot on: a user of its own, a read-only view of the machine, its data ' +
    'in /var/lib/gatelog. It starts nothing unless --now is given.',
  arguments: [],
  options: [],
  examples: [["sudo gatelog service install --log '/var/log/nginx/*.log' --group adm", 'install it']],
  subcommands: [
    {
      name: 'install',
      summary: 'write the unit',
      description: 'Writes the unit file and prints the commands that start it.',
      arguments: [],
      options: [...UNIT, NOW],
      examples: [
        ["sudo gatelog service install --log '/var/log/nginx/*.log' --group adm", 'follow the logs of nginx'],
        ['sudo gatelog service install --unit engine --now', 'the embedded engine alone, and start it'],
        ['gatelog service install --user --log ~/app/logs/app.log', 'without root'],
      ],
      load: async () => (await import('../service/command.ts')).runServiceInstall,
    },
    {
      name: 'uninstall',
      summary: 'remove the unit; the data stays',
      description: 'Removes the unit file. What was stored stays.',
      arguments: [],
      options: [...WHICH, NOW],
      examples: [['sudo gatelog service uninstall --now', 'stop it and remove it']],
      load: async () => (await import('../service/command.ts')).runServiceUninstall,
    },
    {
      name: 'status',
      summary: 'say whether it runs; exit code 1 when it does not',
      description: 'Says whether the service runs, and since when. Exit code 1 when it does not.',
      arguments: [],
      options: [...WHICH, JSON_OPTION],
      examples: [['gatelog service status --unit engine', 'the embedded engine']],
      load: async () => (await import('../service/command.ts')).runServiceStatus,
    },
    {
      name: 'print',
      summary: 'print the unit and touch nothing',
      description: 'Prints the unit that install would write, and touches nothing.',
      arguments: [],
      options: UNIT,
      examples: [['gatelog service print --log /var/log/app.log', 'read it first']],
      load: async () => (await import('../service/command.ts')).runServicePrint,
    },
  ],
};
