import { type Resumption, resumptionOf } from './checkpoint.ts';
import { type DeliveryContext, rememberPlace, sendBatch, settleBatch } from './delivery.ts';
import { FileReader } from './file-reader.ts';
import type { ChangeSignal, FollowedFile } from './follow.ts';
import { BEGINNING, documentId } from './line-chain.ts';
import { lineReader } from './line-documents.ts';
import type { NormalShipOptions } from './normal-options.ts';
import { OrderedPipeline } from './ordered-pipeline.ts';

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

const BATCHES_IN_FLIGHT = 2;

// A server keeps writing to a renamed log until it is told to reopen it (nginx: USR1), and that within seconds.
const GRACE_AFTER_ROTATION = 5_000;

/** Ships one file from where its checkpoint stands: to its end, or, while it may grow, until it is final. */
export async function shipFile(followed: FollowedFile, shared: ShipFileOptions): Promise<void> {
  const { file } = followed;
  const { context, options, signal, changes } = shared;
  try {
    const entry = await context.checkpoint.find(context.targetName, file);
    const start: Resumption = entry ? resumptionOf(entry) : BEGINNING;
    // An entry from the beginning on tells a later start that this file was seen, even if it is rotated meanwhile.
    if (!entry) await rememberPlace(context, file, BEGINNING);
    const reader = new FileReader(file, start, options.batchBytes, options.longestLine);
    const { format, schema, onNotice, follow: isLenient } = options;
    const documents = lineReader({ path: file.path, format, schema, isLenient, onNotice });
    const pipeline = new OrderedPipeline(BATCHES_IN_FLIGHT);
    let replaces = start.unfinished;
    const readToEnd = async (): Promise<boolean> => {
      let grew = false;
      for (let batch = await reader.read(); batch && !signal.aborted; batch = await reader.read()) {
        grew = true;
        // A part of a line so long that it fills more than a batch.
        if (batch.bytes === 0) continue;
        const [current, replaced] = [batch, replaces];
        replaces = undefined;
        await pipeline.add(
          () => sendBatch(context, file, documents, current, replaced),
          (sent) => settleBatch(context, file, sent),
        );
      }
      await pipeline.drain();
      return grew;
    };
    if (changes) await follow(followed, reader, readToEnd, shared, changes);
    else await readToEnd();
    const last = signal.aborted ? undefined : reader.unfinished();
    const [line] = last?.lines ?? [];
    if (last && line) {
      // Remembered before it is sent: should the line turn out longer, what is stored now has to be replaced.
      const id = documentId(line.digest);
      await rememberPlace(context, file, last.end, id);
      await settleBatch(context, file, await sendBatch(context, file, documents, last, replaces), id);
    }
  } finally {
    await file.handle.close();
  }
}

async function follow(
  followed: FollowedFile,
  reader: FileReader,
  readToEnd: () => Promise<boolean>,
  { signal, options, onDrained }: ShipFileOptions,
  changes: ChangeSignal,
): Promise<void> {
  let finalSince: number | undefined;
  while (!signal.aborted) {
    const seenChanges = changes.count();
    if (await reader.wasReplaced()) {
      options.onNotice(`${followed.file.path}: the file was cut off; reading it from its beginning`);
      reader.restart(BEGINNING);
    }
    const wasFinal = followed.isFinal;
    const grew = await readToEnd();
    if (wasFinal) onDrained?.();
    if (grew) finalSince = undefined;
    else if (wasFinal) finalSince ??= Date.now();
    if (finalSince !== undefined && Date.now() - finalSince >= GRACE_AFTER_ROTATION) return;
    await changes.after(seenChanges);
  }
}
