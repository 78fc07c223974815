import type { DeliveryContext } from './delivery.ts';
import { FileShipment } from './file-shipment.ts';
import type { ChangeSignal, FollowedFile } from './follow.ts';
import type { NormalShipOptions } from './normal-options.ts';

export interface ShipFileOptions {
  readonly context: DeliveryContext;
  readonly options: NormalShipOptions;
  /** Aborted: stop reading and settle what is under way. */
  readonly signal: AbortSignal;
  /** Given when the file may still grow; without it, it is read to its end and left. */
  readonly changes?: ChangeSignal;
  /** Called when the file is final and its end was reached: what follows under its name may begin. */
  readonly onDrained?: () => void;
}

// A server keeps writing to a renamed log until it is told to reopen it (nginx: USR1), and that within seconds.
const GRACE_AFTER_ROTATION = 5_000;

/** Ships one file from where its checkpoint stands: to its end, or, while it may grow, until it is final. Closes it. */
export async function shipFile(followed: FollowedFile, shared: ShipFileOptions): Promise<void> {
  const { file } = followed;
  const { context, options, signal, changes } = shared;
  try {
    const shipment = await FileShipment.resume(context, file, options, signal);
    if (changes) await follow(followed, shipment, shared, changes);
    else await shipment.shipToEnd();
    if (!signal.aborted) await shipment.shipUnfinished();
  } finally {
    await file.handle.close();
  }
}

async function follow(
  followed: FollowedFile,
  shipment: FileShipment,
  { signal, options, onDrained }: ShipFileOptions,
  changes: ChangeSignal,
): Promise<void> {
  let finalSince: number | undefined;
  while (!signal.aborted) {
    const seenChanges = changes.count();
    const wasFinal = followed.isFinal;
    if (await shipment.restartIfReplaced()) {
      options.onNotice(`${followed.file.path}: the file was cut off; reading it from its beginning`);
    }
    const grew = await shipment.shipToEnd();
    if (wasFinal) onDrained?.();
    if (grew) finalSince = undefined;
    else if (wasFinal) finalSince ??= Date.now();
    if (finalSince !== undefined && Date.now() - finalSince >= GRACE_AFTER_ROTATION) return;
    await changes.after(seenChanges);
  }
}
