import { GatelogError } from '../errors/gatelog-error.ts';
import type { DeliveryContext } from './delivery.ts';
import { changeSignal, type FollowedFile, followName } from './follow.ts';
import { openLogFile } from './log-file.ts';
import type { NormalShipOptions } from './normal-options.ts';
import { shipFile } from './ship-file.ts';
import { unreadRotatedFiles } from './unread-files.ts';

/** Ships what stands under one name: rotated files that were not finished, then the file, then all that follow it. */
export async function shipName(
  path: string,
  options: NormalShipOptions,
  context: DeliveryContext,
  signal: AbortSignal,
): Promise<void> {
  const rotated = await unreadRotatedFiles(context.checkpoint, context.targetName, path);
  try {
    for (const file of rotated) await shipFile({ file, isFinal: true }, { context, options, signal });
  } finally {
    await Promise.all(rotated.map(({ handle }) => handle.close()));
  }
  if (options.follow) return followAll(path, options, context, signal);
  const followed: FollowedFile = { file: await openLogFile(path), isFinal: true };
  await shipFile(followed, { context, options, signal });
}

/** Ships the files that stand under one name one after the other, while new ones are opened as they appear. */
async function followAll(
  path: string,
  options: NormalShipOptions,
  context: DeliveryContext,
  signal: AbortSignal,
): Promise<void> {
  const changes = changeSignal(path, signal);
  const failure = new AbortController();
  const until = AbortSignal.any([signal, failure.signal]);
  const tasks: Promise<void>[] = [];
  let turn: Promise<void> = Promise.resolve();
  try {
    for await (const followed of followName(path, changes, until)) {
      const before = turn;
      turn = new Promise((onDrained) => {
        const task = before.then(() => shipFile(followed, { context, options, signal: until, changes, onDrained }));
        task.catch((error: unknown) => failure.abort(error)).finally(onDrained);
        tasks.push(task);
      });
    }
  } catch (error) {
    failure.abort(error);
    tasks.push(Promise.reject(error));
  }
  const results = await Promise.allSettled(tasks);
  changes.close();
  throwFailure(results);
}

/** Throws what went wrong first; that others were stopped because of it is no news. */
export function throwFailure(results: readonly PromiseSettledResult<void>[]): void {
  const reasons: unknown[] = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason);
  if (reasons.length > 0) throw reasons.find((reason) => reason instanceof GatelogError) ?? reasons[0];
}
