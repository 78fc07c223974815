import type { Step, Walk } from './disk.ts';

/** How long the end of the process waits for one touch of the disk that is under way. */
const PATIENCE = 500;

/** A walk under way. */
export interface Errand<Result> {
  /** Settles when the walk ends; never, when `finishNow` took it over. */
  finished: Promise<Result>;
  /** Goes the rest of the way synchronously, for when the event loop will not turn again. */
  finishNow(): Result;
}

/** Walks off the event loop. */
export function startErrand<Result>(walk: Walk<Result>): Errand<Result> {
  let turn = walk.next();
  let takenOver = false;
  const finished = (async () => {
    while (turn.done !== true) {
      const settled = await settle(turn.value);
      if (takenOver) return new Promise<Result>(() => {});
      turn = settled.failed ? walk.throw(settled.error) : walk.next(settled.value);
    }
    return turn.value;
  })();
  const finishNow = (): Result => {
    takenOver = true;
    return turn.done === true ? turn.value : walkNow(walk, turn.value);
  };
  return { finished, finishNow };
}

/** Walks synchronously; `begun` is a step that another thread may be doing at this moment. */
export function walkNow<Result>(walk: Walk<Result>, begun?: Step): Result {
  let turn = begun === undefined ? walk.next() : resume(walk, () => finishBegun(begun));
  while (turn.done !== true) {
    const step = turn.value;
    turn = resume(walk, () => step.now());
  }
  return turn.value;
}

function resume<Result>(walk: Walk<Result>, step: () => unknown): IteratorResult<Step, Result> {
  let value: unknown;
  try {
    value = step();
  } catch (error) {
    return walk.throw(error);
  }
  return walk.next(value);
}

// A write must not be done twice, and a rename done late would rename the next file: both are waited for.
function finishBegun(step: Step): unknown {
  if (step.done === undefined) return step.now();
  const lock = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; waited < PATIENCE; waited += 5) {
    if (step.done()) return undefined;
    Atomics.wait(lock, 0, 0, 5);
  }
  throw new Error(`The disk did not answer within ${PATIENCE} ms of the end of the process.`);
}

async function settle(step: Step): Promise<{ failed: true; error: unknown } | { failed: false; value: unknown }> {
  try {
    return { failed: false, value: await step.later() };
  } catch (error) {
    return { failed: true, error };
  }
}
