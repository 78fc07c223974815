import { gatelogError } from '../errors/gatelog-error.ts';

const PLAIN = /^[\w@+=:,./-]+$/;

/**
 * Writes one argument of `ExecStart=` so that systemd reads back exactly it: quoted when it must be, `%` doubled (it
 * begins a specifier). Variables need no care: units of ours begin with `:`, which turns their expansion off.
 * Source: systemd.service(5) "COMMAND LINES", systemd.syntax(7) "QUOTING".
 */
export function quoteArgument(text: string): string {
  const escaped = text.replaceAll('%', '%%');
  return PLAIN.test(text) ? escaped : `"${escaped.replace(/[\\"]/g, '\\$&')}"`;
}

/** Writes a setting that is one path to the end of its line (`WorkingDirectory=`): quotes would be part of it. */
export function escapePath(path: string): string {
  return path.replaceAll('%', '%%');
}

/** Refuses what must not get into a unit file at all. Throws GATELOG_SERVICE_ARGUMENT_INVALID. */
export function checkPlainText(value: string, option: string): string {
  // A control character could begin a new line, and with it a setting of its own.
  if (!/\p{Cc}/u.test(value)) return value;
  throw gatelogError('GATELOG_SERVICE_ARGUMENT_INVALID', { value, option, reason: 'it holds control characters' });
}

/** A user or group as systemd takes them: a name or a number. Throws GATELOG_SERVICE_ARGUMENT_INVALID. */
export function checkAccount(value: string, option: string): string {
  if (/^\w[\w.-]*$/.test(value)) return value;
  throw gatelogError('GATELOG_SERVICE_ARGUMENT_INVALID', { value, option, reason: 'it is no name of an account' });
}

/** Throws GATELOG_SERVICE_ARGUMENT_INVALID: for the program that is run, systemd takes no quotes or backslashes at all. */
export function checkExecutable(path: string): void {
  if (!/["'\\]/.test(path)) return;
  const reason = 'systemd runs no program with quotes or backslashes in its path';
  throw gatelogError('GATELOG_SERVICE_ARGUMENT_INVALID', { value: path, option: 'where Node is installed', reason });
}
