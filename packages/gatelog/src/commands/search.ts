import { STORE_OPTIONS } from '../elastic/options.ts';
import { JSON_OPTION } from './common-options.ts';
import type { CommandSpecification } from './specification.ts';

export const SEARCH: CommandSpecification = {
  name: 'search',
  summary: 'find stored requests',
  description:
    'Finds stored requests by a Lucene query string and filters. Prints a table, newest first; --json prints the ' +
    'answer of the store as it is, best match first.',
  arguments: [
    {
      name: 'query',
      description: 'Lucene query string, for example Unauthorized or url.path:\\/admin*',
      required: false,
      variadic: false,
    },
  ],
  options: [
    { flags: '-i, --index <name>', kind: 'text', description: 'index to search', default: 'gatelog-access' },
    { flags: '--since <time>', kind: 'text', description: 'from then on: 1h, 7d, 2023-11-14 or 2023-11-14T10:23:00Z' },
    { flags: '--until <time>', kind: 'text', description: 'up to then, written in the same ways' },
    { flags: '--level <level>', kind: 'list', description: 'info, warning or error; may be given many times' },
    { flags: '--ip <address>', kind: 'text', description: 'address of the client, or a network as 203.0.113.0/24' },
    { flags: '--path <path>', kind: 'text', description: 'path of the page; * stands for anything' },
    { flags: '--status <code>', kind: 'text', description: 'status of the answer: 403, or 4xx' },
    { flags: '--method <method>', kind: 'text', description: 'method of the request: GET, POST, …' },
    { flags: '-n, --size <number>', kind: 'integer', description: 'how many to show at most', default: '10' },
    {
      flags: '--sort <order>',
      kind: 'text',
      description: 'newest, oldest or score',
      choices: ['newest', 'oldest', 'score'],
    },
    { flags: '--by <field>', kind: 'text', description: 'count by the values of a field and show the most frequent' },
    { flags: '--count', kind: 'flag', description: 'print only how many there are' },
    JSON_OPTION,
    { flags: '--ndjson', kind: 'flag', description: 'print one document a line' },
    { flags: '--csv', kind: 'flag', description: 'print CSV, safe to open in a spreadsheet' },
    ...STORE_OPTIONS,
  ],
  examples: [
    ['gatelog search Unauthorized', 'the newest unauthorised requests'],
    ['gatelog search --level error --since 24h', 'what was refused, or failed, in the last day'],
    ['gatelog search Unauthorized --by client.ip', 'who was refused most often'],
    ['gatelog search Unauthorized --index my_logs --json', "the store's own answer"],
  ],
  load: async () => (await import('../search/command.ts')).runSearch,
};
