import type { Writable } from 'node:stream';
import { printableError } from '../errors/print.ts';

/** What the program does when it is asked to stop: the signal handed to commands, and how to leave the process alone again. */
export interface StopRequest {
  readonly signal: AbortSignal;
  readonly release: () => void;
}

/** Aborts at the first SIGINT or SIGTERM. At a second one the process ends at once, as it would have without us. */
export function abortOnSignals(process: NodeJS.Process): StopRequest {
  const controller = new AbortController();
  const release = (): void => {
    process.removeListener('SIGINT', onSignal);
    process.removeListener('SIGTERM', onSignal);
  };
  const onSignal = (name: NodeJS.Signals): void => {
    if (!controller.signal.aborted) return controller.abort(name);
    release();
    process.kill(process.pid, name);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return { signal: controller.signal, release };
}

/** `gatelog search | head` closes the pipe early: that is no failure, and there is nobody left to write to. */
export function endQuietlyOnClosedPipe(stream: Writable): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    process.stderr.write(printableError(error, false));
    process.exit(1);
  });
}
