import { gatelogError, reasonOf, systemCode, type GatelogError } from '../errors/gatelog-error.ts';

export interface Listener {
  readonly host: string;
  readonly port: number;
  /** The option that chooses another port. */
  readonly option: string;
}

const LISTEN_CODES = new Set(['EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'ERR_SOCKET_BAD_PORT']);

/** The known error for a server that could not listen; undefined when the failure is of another kind. */
export function listenError(error: unknown, { host, port, option }: Listener): GatelogError | undefined {
  const code = systemCode(error);
  if (code === 'EADDRINUSE') return gatelogError('GATELOG_LISTEN_PORT_IN_USE', { host, port, option }, error);
  // A data folder may be forbidden too (EACCES): only what failed to listen names the call.
  const listening = code !== 'EACCES' || isAboutListening(error);
  if (!listening || !LISTEN_CODES.has(code)) return undefined;
  const reason =
    code === 'EACCES'
      ? 'permission denied, ports below 1024 need a privilege'
      : reasonOf(error instanceof Error && error.cause instanceof Error ? error.cause : error);
  return gatelogError('GATELOG_LISTEN_FAILED', { host, port, option, reason }, error);
}

function isAboutListening(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('syscall' in error && error.syscall === 'listen') || isAboutListening(error.cause);
}
