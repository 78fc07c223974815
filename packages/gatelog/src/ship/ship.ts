import { Checkpoint, targetOf } from './checkpoint.ts';
import { DeadLetters } from './dead-letters.ts';
import type { DeliveryContext } from './delivery.ts';
import { openLogFile } from './log-file.ts';
import { normaliseOptions, type NormalShipOptions } from './normal-options.ts';
import type { ShipOptions, ShipProgress, ShipSummary } from './options.ts';
import { ensureIndex } from './prepare-index.ts';
import { retry } from './retry.ts';
import { shipName, throwFailure } from './ship-name.ts';
import { makeStateFolder } from './state-folder.ts';
import { lockStateFolder } from './state-lock.ts';

/**
 * Reads log files and stores every line as a document, at least once, under an id that makes twice harmless.
 * Without `follow` it resolves when the ends of the files are stored; with it, when `signal` is aborted.
 * Throws GATELOG_SHIP_… and GATELOG_STORE_…; whatever happens, the checkpoint never passes a line that was neither
 * stored nor kept as a dead letter.
 */
export async function ship(options: ShipOptions): Promise<ShipSummary> {
  const started = performance.now();
  const normal = normaliseOptions(options);
  await checkFiles(normal);
  await makeStateFolder(normal.state);
  const unlock = await lockStateFolder(normal.state);
  const deadLetters = new DeadLetters(normal.state);
  const totals = { lines: 0, created: 0, alreadyThere: 0, deadLetters: 0, bytes: 0 };
  const onProgress = (progress: ShipProgress): void => {
    for (const name of COUNTS) totals[name] += progress[name];
    normal.onProgress(progress);
  };
  try {
    const checkpoint = await Checkpoint.open(normal.state);
    await shipAll(normal, checkpoint, deadLetters, onProgress);
  } finally {
    await deadLetters.close();
    await unlock();
  }
  const seconds = Math.round(performance.now() - started) / 1_000;
  return { ...totals, index: normal.index, seconds, deadLetterFile: deadLetters.path };
}

const COUNTS = ['lines', 'created', 'alreadyThere', 'deadLetters', 'bytes'] as const;

// What is under way when we are asked to stop gets this long to be answered.
const TIME_TO_DRAIN = 10_000;

async function shipAll(
  options: NormalShipOptions,
  checkpoint: Checkpoint,
  deadLetters: DeadLetters,
  onProgress: (progress: ShipProgress) => void,
): Promise<void> {
  const failure = new AbortController();
  const signal = AbortSignal.any([options.signal, failure.signal]);
  const requests = abortLater(signal, TIME_TO_DRAIN);
  const { client, index, firstPause, retryFor } = options;
  const onRetry = (reason: string, pause: number): void =>
    options.onNotice(`${reason}; trying again in ${(pause / 1_000).toFixed(1)} s`);
  const context: DeliveryContext = {
    target: { client, index, signal: requests.signal },
    targetName: targetOf(client.url, index),
    retrying: { firstPause, retryFor, signal, onRetry },
    checkpoint,
    deadLetters,
    onProgress,
  };
  try {
    const { existed } = await retry(
      async () => ({ existed: await ensureIndex(client, index, options.schema) }),
      context.retrying,
    );
    // The index was removed: what its checkpoints say was stored is no longer there.
    if (!existed) checkpoint.forget(context.targetName);
    const names = options.files.map((path) =>
      shipName(path, options, context, signal).catch((error: unknown) => {
        failure.abort(error);
        throw error;
      }),
    );
    throwFailure(await Promise.allSettled(names));
    if (!options.follow) await showStored(context);
  } catch (error) {
    if (!options.signal.aborted || !isAbort(error, signal)) throw error;
  } finally {
    requests.release();
  }
}

// "gatelog ship … && gatelog search …" should find what was shipped, and not only a second later. It is a courtesy: who
// may only write may not ask for it, and nothing depends on it.
async function showStored({ target: { client, index, signal } }: DeliveryContext): Promise<void> {
  const path = `/${encodeURIComponent(index)}/_refresh`;
  await client.request({ method: 'POST', path, accept: 'all', signal }).catch(() => undefined);
}

function isAbort(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || (error instanceof Error && error.name === 'AbortError');
}

async function checkFiles({ files, follow }: NormalShipOptions): Promise<void> {
  for (const path of files) {
    const file = await openLogFile(path).catch((error: unknown) => {
      if (follow && error instanceof Error && 'code' in error && error.code === 'GATELOG_SHIP_FILE_MISSING') return;
      throw error;
    });
    await file?.handle.close();
  }
}

function abortLater(signal: AbortSignal, delay: number): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    timer = setTimeout(() => controller.abort(signal.reason), delay);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    release: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    },
  };
}
