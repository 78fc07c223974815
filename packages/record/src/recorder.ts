import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AccessEvent } from './event.ts';
import { watchExchange, type Exchange, type ExchangeView } from './exchange.ts';
import { logFile } from './log-file.ts';
import { resolveOptions, type RecorderOptions } from './options.ts';

export interface RecorderStats {
  /** Events given to the recorder. */
  recorded: number;
  /** Lines on the disk. */
  written: number;
  /** Lines in memory, not yet on the disk. */
  waiting: number;
  /** Events lost: the disk did not take them in time, the recorder was closed, or a function of the app's threw. */
  dropped: number;
}

/** Writes events to a rotating log. No method throws, and none waits for the disk but `flush` and `close`. */
export interface Recorder {
  /** Records one event, however it came about. */
  record(event: AccessEvent): void;
  /** Watches one request until it has ended and records it; what an adapter is made of. */
  watch(request: IncomingMessage, response: ServerResponse, view?: ExchangeView): Exchange;
  /** Settles when all that was recorded is on the disk, or the disk has refused it. */
  flush(): Promise<void>;
  /** Flushes and stops; call it when the server has closed. */
  close(): Promise<void>;
  stats(): RecorderStats;
}

/**
 * Opens a recorder. Each adapter opens one from its options; open one yourself to share it between adapters.
 *
 * @throws TypeError when an option cannot be meant
 */
export function recorder(options: RecorderOptions = {}): Recorder {
  const resolved = resolveOptions(options);
  const log = logFile({ ...resolved, path: resolved.file });
  const report = reportFirst(resolved.onError);
  let recorded = 0;
  let broken = 0;

  const recordMade = (makeEvent: () => AccessEvent): void => {
    recorded += 1;
    try {
      log.write(resolved.format(makeEvent()));
    } catch (error) {
      broken += 1;
      report(error);
    }
  };
  const watch = (request: IncomingMessage, response: ServerResponse, view: ExchangeView = {}): Exchange => {
    try {
      return watchExchange(resolved, recordMade, request, response, view);
    } catch (error) {
      broken += 1;
      report(error);
      return { refused: response.writableEnded, fail: () => {} };
    }
  };
  const stats = (): RecorderStats => {
    const { dropped, ...lines } = log.stats();
    return { recorded, ...lines, dropped: dropped + broken };
  };
  return {
    record: (event) => recordMade(() => event),
    watch,
    flush: () => log.flush(),
    close: () => log.close(),
    stats,
  };
}

/** The format, the policy, the trust in proxies and the hook itself may be the app's functions, and throw. */
function reportFirst(onError: (error: Error) => void): (cause: unknown) => void {
  let reported = false;
  return (cause) => {
    if (reported) return;
    reported = true;
    try {
      onError(new Error(`A request could not be recorded: ${String(cause)}.`, { cause }));
    } catch {
      // Nobody is left to tell.
    }
  };
}
