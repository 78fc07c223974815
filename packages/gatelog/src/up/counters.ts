import type { CommandContext } from '../commands/specification.ts';
import type { ShipCounts } from '../ship/options.ts';
import { escapeForTerminal } from '../output/escape.ts';

/** What has happened since the start, on one line that is written over; nothing where there is no terminal. */
export interface Counters {
  readonly add: (counts: ShipCounts) => void;
  /** Prints a line above the counters, on any kind of output. */
  readonly notice: (text: string) => void;
  readonly stop: () => void;
}

const INTERVAL = 500;
const CLEAR = '\r\u001b[K';

export function liveCounters({ stderr }: Pick<CommandContext, 'stderr'>, startedAt: number = Date.now()): Counters {
  const totals = { lines: 0, stored: 0, deadLetters: 0 };
  let before = 0;
  const draw = (): void => {
    const rate = ((totals.lines - before) * 1_000) / INTERVAL;
    before = totals.lines;
    const seconds = Math.round((Date.now() - startedAt) / 1_000);
    const rejected = totals.deadLetters > 0 ? `  ${totals.deadLetters} not readable` : '';
    stderr.write(`${CLEAR}${totals.stored} requests stored  ${rate.toFixed(0)}/s${rejected}  ${seconds} s up`);
  };
  // No reason for the process to live on.
  const timer = stderr.isTTY ? setInterval(draw, INTERVAL).unref() : undefined;
  return {
    add: ({ lines, created, alreadyThere, deadLetters }) => {
      totals.lines += lines;
      totals.stored += created + alreadyThere;
      totals.deadLetters += deadLetters;
    },
    notice: (text) => void stderr.write(`${timer ? CLEAR : ''}${escapeForTerminal(text)}\n`),
    stop: () => {
      clearInterval(timer);
      if (timer) stderr.write(CLEAR);
    },
  };
}
