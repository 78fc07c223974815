import type { CommandRunner } from '../commands/specification.ts';

export const runShip: CommandRunner = async () => 1;
