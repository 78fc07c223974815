import { type BulkItem, type BulkOutcome, type BulkTarget, storeBatch } from './bulk.ts';
import type { Checkpoint } from './checkpoint.ts';
import { type DeadLetter, DeadLetters } from './dead-letters.ts';
import type { LineBatch } from './file-reader.ts';
import type { Place } from './line-chain.ts';
import type { LineReader, PreparedLine } from './line-documents.ts';
import type { LogFile } from './log-file.ts';
import type { ShipCounts, ShipProgress } from './options.ts';
import type { RetryOptions } from './retry.ts';

/** Everything that the files being shipped share. */
export interface DeliveryContext {
  readonly target: BulkTarget;
  readonly targetName: string;
  readonly retrying: RetryOptions;
  readonly checkpoint: Checkpoint;
  readonly deadLetters: DeadLetters;
  readonly onProgress: (progress: ShipProgress) => void;
}

/** A batch that the store has answered to; nothing of it is remembered yet. */
export interface Sent {
  readonly batch: LineBatch;
  readonly outcome: BulkOutcome;
  readonly letters: readonly DeadLetter[];
}

/**
 * Sends the lines of a batch as documents. `replaces` is the id under which its first line was stored before it had
 * its line end. Throws what `storeBatch` throws.
 */
export async function sendBatch(
  context: DeliveryContext,
  file: LogFile,
  reader: LineReader,
  batch: LineBatch,
  replaces?: string,
): Promise<Sent> {
  const { index } = context.target;
  const letters: DeadLetter[] = [];
  const items: BulkItem[] = [];
  const lineOf = new Map<BulkItem, PreparedLine>();
  for (const [position, prepared] of reader.prepare(batch.lines).entries()) {
    if ('reason' in prepared.outcome) {
      letters.push({ ...origin(file, prepared, index), reason: prepared.outcome.reason });
      continue;
    }
    const isReplacing = position === 0 && replaces !== undefined && replaces !== prepared.id;
    const { document } = prepared.outcome;
    const item: BulkItem = { id: prepared.id, document, ...(isReplacing && { replaces }) };
    items.push(item);
    lineOf.set(item, prepared);
  }
  const outcome = items.length > 0 ? await storeBatch(items, context.target, context.retrying) : NOTHING;
  for (const { item, reason } of outcome.rejected) {
    const prepared = lineOf.get(item);
    if (prepared) letters.push({ ...origin(file, prepared, index), reason, document: item.document });
  }
  return { batch, outcome, letters };
}

/** Makes a sent batch final: dead letters first, then the checkpoint, so that a crash in between loses nothing. */
export async function settleBatch(
  context: DeliveryContext,
  file: LogFile,
  { batch, outcome, letters }: Sent,
  unfinished?: string,
): Promise<void> {
  await context.deadLetters.add(letters);
  await rememberPlace(context, file, batch.end, unfinished);
  const counts: ShipCounts = {
    lines: batch.lines.length,
    created: outcome.created,
    alreadyThere: outcome.alreadyThere,
    deadLetters: letters.length,
    bytes: batch.bytes,
  };
  context.onProgress({ ...counts, file: file.path, offset: batch.end.offset });
}

/** Throws GATELOG_SHIP_STATE_UNWRITABLE. */
export function rememberPlace(
  { checkpoint, targetName }: DeliveryContext,
  file: LogFile,
  place: Place,
  unfinished?: string,
): Promise<void> {
  return checkpoint.advance(targetName, file, place, unfinished);
}

const NOTHING: BulkOutcome = { created: 0, alreadyThere: 0, rejected: [] };

function origin(file: LogFile, { line, text }: PreparedLine, index: string): Omit<DeadLetter, 'reason'> {
  return { file: file.path, offset: line.start, index, line: text };
}
