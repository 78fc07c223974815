import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Gives memory back to the system when a burst of lines is over. */
export interface IdleMemory {
  /** So many lines were shipped just now. */
  readonly add: (lines: number) => void;
  readonly stop: () => void;
}

const QUIET = 3_000;
const BURST = 5_000;

/**
 * V8 keeps the memory of a burst until it allocates again, which a quiet server may not do for hours. Measured after
 * 100,000 lines: 281 MB resident, and 159 MB once collected.
 */
export function idleMemory(collect: () => void = collectGarbage): IdleMemory {
  let lines = 0;
  let timer: NodeJS.Timeout | undefined;
  const giveBack = (): void => {
    if (lines >= BURST) collect();
    lines = 0;
  };
  return {
    add: (count) => {
      lines += count;
      clearTimeout(timer);
      timer = setTimeout(giveBack, QUIET).unref();
    },
    stop: () => clearTimeout(timer),
  };
}

// A context made after the flag is set has the function; ours was made before.
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}
