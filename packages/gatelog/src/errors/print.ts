import { inspect } from 'node:util';
import { escapeForTerminal } from '../output/escape.ts';
import { GatelogError, gatelogError, reasonOf } from './gatelog-error.ts';

/**
 * An error as the one line a person reads: what happened, where, what to do, and the code to look up. With `verbose`
 * the stack and the causes follow on further lines.
 */
export function printableError(error: unknown, verbose: boolean): string {
  const known = knownError(error);
  const line = `gatelog: ${escapeForTerminal(known.message)}. ${escapeForTerminal(known.advice)} [${known.code}]\n`;
  return verbose ? `${line}${inspect(error).split('\n').map(escapeForTerminal).join('\n')}\n` : line;
}

/** The error itself when it is one of the table, else the table's entry for what nobody foresaw. */
export function knownError(error: unknown): GatelogError {
  return error instanceof GatelogError ? error : gatelogError('GATELOG_UNEXPECTED', { reason: reasonOf(error) }, error);
}
