import type { CommandRunner } from '../commands/specification.ts';

export const runSearch: CommandRunner = async () => 1;
