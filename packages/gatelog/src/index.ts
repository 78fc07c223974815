export { describeCommands, type CommandDescription } from './commands/describe.ts';
export { GatelogError } from './errors/gatelog-error.ts';
export { ERRORS, type ErrorCode, type ErrorEntry } from './errors/table.ts';
export type { StoreClient, StoreRequest, StoreAnswer } from './elastic/client.ts';
export type { ShipCounts, ShipOptions, ShipProgress, ShipSummary } from './ship/options.ts';
export { ship } from './ship/ship.ts';
