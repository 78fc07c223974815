import type { OptionSpecification } from './specification.ts';

/** Options that every command has. */
export const COMMON_OPTIONS: readonly OptionSpecification[] = [
  {
    flags: '--config <file>',
    kind: 'text',
    description: 'settings file',
    defaultDescription: 'gatelog.yaml in the current folder, when there is one',
    environment: 'GATELOG_CONFIG',
  },
  { flags: '--verbose', kind: 'flag', description: 'with an error, show its stack and its causes' },
];

/** For commands whose output other programs may read. */
export const JSON_OPTION: OptionSpecification = {
  flags: '--json',
  kind: 'flag',
  description: 'print JSON for other programs',
};
