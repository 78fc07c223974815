export { describeCommands, type CommandDescription } from './commands/describe.ts';
export { GatelogError } from './errors/gatelog-error.ts';
export { ERRORS, type ErrorCode, type ErrorEntry } from './errors/table.ts';
