import { JSON_OPTION } from './common-options.ts';
import type { CommandSpecification, OptionSpecification } from './specification.ts';

const DATA: OptionSpecification = {
  flags: '--data <folder>',
  kind: 'text',
  description: 'folder of the stored documents, certificates and credentials',
  defaultDescription: '$XDG_DATA_HOME/gatelog',
};

export const ENGINE: CommandSpecification = {
  name: 'engine',
  summary: 'run the embedded engine alone',
  description:
    'Runs a search engine that answers the REST API of Elasticsearch, for one machine. On its first start it makes an ' +
    'authority and a certificate (DATA/certs/http_ca.crt) and a password for the user elastic, prints it once and ' +
    'keeps it in DATA/credentials, which only its owner can read, so that "gatelog search" works at once. Set ' +
    'ELASTIC_PASSWORD before the first start to choose it.',
  arguments: [],
  options: [
    DATA,
    {
      flags: '--host <address>',
      kind: 'text',
      description: 'address to listen on; any but a loopback address lets other machines in',
      default: '127.0.0.1',
    },
    { flags: '--port <number>', kind: 'port', description: 'port to listen on, 0 for any', default: '9200' },
    {
      flags: '--insecure',
      kind: 'flag',
      description: 'plain HTTP instead of TLS; the password is asked for all the same',
    },
    {
      flags: '--memory <size>',
      kind: 'size',
      description: 'how much of what is read from disk is kept in memory; more is faster on many documents',
      defaultDescription: '256mb',
    },
    JSON_OPTION,
  ],
  examples: [
    ['gatelog engine', 'listen on https://localhost:9200'],
    ['gatelog engine --data /srv/gatelog --port 9201', 'elsewhere'],
    ['gatelog engine reset-password', 'the password is lost'],
  ],
  subcommands: [
    {
      name: 'reset-password',
      summary: 'give the user elastic a new password',
      description: 'Gives the user elastic a new password and prints it. The old one is no longer accepted.',
      arguments: [],
      options: [
        DATA,
        { flags: '--stdin', kind: 'flag', description: 'read the new password from standard input, one line' },
        JSON_OPTION,
      ],
      examples: [
        ['gatelog engine reset-password', 'make one up'],
        ['pass show gatelog | gatelog engine reset-password --stdin', 'use one of your own'],
      ],
      load: async () => (await import('../engine/reset-password.ts')).runResetPassword,
    },
  ],
  load: async () => (await import('../engine/command.ts')).runEngine,
};
