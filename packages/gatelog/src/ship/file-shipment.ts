import { type Resumption, resumptionOf } from './checkpoint.ts';
import { type DeliveryContext, rememberPlace, sendBatch, settleBatch } from './delivery.ts';
import { FileReader } from './file-reader.ts';
import { BEGINNING, documentId } from './line-chain.ts';
import { lineReader, type LineReader } from './line-documents.ts';
import type { LogFile } from './log-file.ts';
import type { NormalShipOptions } from './normal-options.ts';
import { OrderedPipeline } from './ordered-pipeline.ts';

const BATCHES_IN_FLIGHT = 2;

/** One file on its way to the store: where reading stands, and the batches that are not settled yet. */
export class FileShipment {
  readonly #context: DeliveryContext;
  readonly #file: LogFile;
  readonly #signal: AbortSignal;
  readonly #reader: FileReader;
  readonly #documents: LineReader;
  readonly #pipeline = new OrderedPipeline(BATCHES_IN_FLIGHT);
  #replaces: string | undefined;

  private constructor(
    context: DeliveryContext,
    file: LogFile,
    start: Resumption,
    options: NormalShipOptions,
    signal: AbortSignal,
  ) {
    const { batchBytes, longestLine, format, schema, onNotice, follow: isLenient } = options;
    this.#context = context;
    this.#file = file;
    this.#signal = signal;
    this.#reader = new FileReader(file, start, batchBytes, longestLine);
    this.#documents = lineReader({ path: file.path, format, schema, isLenient, onNotice });
    this.#replaces = start.unfinished;
  }

  /** Goes on where the checkpoint of the file stands. Aborting `signal` stops reading; what is under way is settled. */
  static async resume(
    context: DeliveryContext,
    file: LogFile,
    options: NormalShipOptions,
    signal: AbortSignal,
  ): Promise<FileShipment> {
    const entry = await context.checkpoint.find(context.targetName, file);
    // An entry from the beginning on tells a later start that this file was seen, even if it is rotated meanwhile.
    if (!entry) await rememberPlace(context, file, BEGINNING);
    return new FileShipment(context, file, entry ? resumptionOf(entry) : BEGINNING, options, signal);
  }

  /** Ships the whole lines there are, and resolves when they are settled; with whether there was anything new. */
  async shipToEnd(): Promise<boolean> {
    let grew = false;
    for (let batch = await this.#reader.read(); batch && !this.#signal.aborted; batch = await this.#reader.read()) {
      grew = true;
      // A part of a line so long that it fills more than a batch.
      if (batch.bytes === 0) continue;
      const [current, replaces] = [batch, this.#replaces];
      this.#replaces = undefined;
      await this.#pipeline.add(
        () => sendBatch(this.#context, this.#file, this.#documents, current, replaces),
        (sent) => settleBatch(this.#context, this.#file, sent),
      );
    }
    await this.#pipeline.drain();
    return grew;
  }

  /**
   * Ships the last line although it has no line end. The checkpoint stays before it, and remembers its id before it is
   * sent: should the line turn out longer, what is stored now is replaced.
   */
  async shipUnfinished(): Promise<void> {
    const batch = this.#reader.unfinished();
    const [line] = batch?.lines ?? [];
    if (!batch || !line) return;
    const id = documentId(line.digest);
    await rememberPlace(this.#context, this.#file, batch.end, id);
    const sent = await sendBatch(this.#context, this.#file, this.#documents, batch, this.#replaces);
    await settleBatch(this.#context, this.#file, sent, id);
  }

  /** Starts over when the file was cut off or written anew; resolves with whether it was. */
  async restartIfReplaced(): Promise<boolean> {
    const wasReplaced = await this.#reader.wasReplaced();
    if (wasReplaced) this.#reader.restart(BEGINNING);
    return wasReplaced;
  }
}
