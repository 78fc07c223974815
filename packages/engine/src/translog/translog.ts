import { randomInt } from 'node:crypto';
import type { Directory, OutputFile } from '../directory/directory.ts';
import { writeFailure } from '../directory/write-failure.ts';
import { HEADER_BYTES, encodeFrame, encodeHeader, readTranslog, translogName } from './translog-file.ts';

/**
 * Makes batches of operations durable, in order. All batches that wait while the disk is busy share the next write and the next sync.
 */
export class Translog {
  generation: number;
  private readonly directory: Directory;
  private readonly index: string;
  private file: OutputFile;
  private salt: number;
  /** Bytes of the current generation that are on disk. */
  private synced: number;
  /** Something may lie behind `synced` that was never acknowledged; it must be cut off before the next write. */
  private torn = false;
  private queue: Waiting[] = [];
  private running: Promise<void> | undefined;
  private last: Promise<void> = Promise.resolve();

  private constructor(directory: Directory, index: string, generation: number, started: Started) {
    this.directory = directory;
    this.index = index;
    this.generation = generation;
    this.file = started.file;
    this.salt = started.salt;
    this.synced = started.file.length;
  }

  /** Begins a generation; its name and header are durable when this resolves. */
  static async create(directory: Directory, index: string, generation: number): Promise<Translog> {
    return new Translog(directory, index, generation, await start(directory, generation));
  }

  /** Goes on with a generation that was read, after cutting off what is torn. */
  static async resume(directory: Directory, index: string, generation: number): Promise<Translog> {
    const content = readTranslog(directory, generation, true);
    if (content === undefined) {
      await directory.remove(translogName(generation));
      return Translog.create(directory, index, generation);
    }
    const file = await directory.append(translogName(generation));
    if (file.length > content.length) {
      await file.truncate(content.length);
      await file.sync();
    }
    return new Translog(directory, index, generation, { file, salt: content.salt });
  }

  /** Bytes of the current generation, without its header. */
  get length(): number {
    return this.synced - HEADER_BYTES;
  }

  /**
   * Resolves when the batch is on disk. `durable` is called just before, for all batches in the order they were appended; `failed` instead, when
   * it is not, and before anything else can be appended.
   * @throws ElasticError 429 `cluster_block_exception` when the disk is full, 500 `translog_exception` when it fails. Nothing that waited is
   * kept then, neither here nor on disk; the next append tries again.
   */
  append(batch: Uint8Array, durable: () => void, failed: () => void): Promise<void> {
    return this.enqueue({ batch, durable, failed });
  }

  /** Begins the next generation behind all that was appended so far. */
  roll(): Promise<void> {
    return this.enqueue({ batch: undefined, durable: () => undefined, failed: () => undefined });
  }

  /** Resolves when all that was appended before has ended, well or not. */
  async settled(): Promise<void> {
    await this.last;
  }

  async close(): Promise<void> {
    await this.settled();
    await this.file.close();
  }

  private enqueue(entry: Pick<Waiting, 'batch' | 'durable' | 'failed'>): Promise<void> {
    const { promise, resolve, reject } = withResolvers();
    this.queue.push({ ...entry, resolve, reject });
    this.last = promise.catch(() => undefined);
    this.running ??= this.run();
    return promise;
  }

  private async run(): Promise<void> {
    while (this.queue.length > 0) {
      const group = takeGroup(this.queue);
      try {
        if (this.torn) await this.cutBack();
        if (group[0]!.batch === undefined) await this.startNext();
        else await this.commit(group);
      } catch (error) {
        const where = `${this.directory.path}/${translogName(this.generation)}`;
        const reason = writeFailure(error, this.index, `failed to write ${where}`);
        const rejected = group[0]!.batch === undefined ? group : [...group, ...this.queue.splice(0)];
        for (const { failed } of rejected) failed();
        for (const { reject } of rejected) reject(reason);
        continue;
      }
      for (const waiting of group) acknowledge(waiting);
    }
    this.running = undefined;
  }

  private async commit(group: readonly Waiting[]): Promise<void> {
    const frame = encodeFrame(
      group.map(({ batch }) => batch!),
      this.salt,
    );
    this.torn = true;
    try {
      await this.file.write(frame);
      await this.file.sync();
    } catch (error) {
      // Best now, so that a restart does not find what nobody was told of; else before the next write.
      await this.cutBack().catch(() => undefined);
      throw error;
    }
    this.torn = false;
    this.synced += frame.length;
  }

  private async cutBack(): Promise<void> {
    await this.file.truncate(this.synced);
    await this.file.sync();
    this.torn = false;
  }

  private async startNext(): Promise<void> {
    const generation = this.generation + 1;
    await this.directory.remove(translogName(generation));
    const { file, salt } = await start(this.directory, generation);
    const before = this.file;
    this.file = file;
    this.salt = salt;
    this.synced = file.length;
    this.generation = generation;
    await before.close();
  }
}

/** What goes wrong with one batch must not stop the others, nor those to come. */
function acknowledge({ durable, resolve, reject }: Waiting): void {
  try {
    durable();
    resolve();
  } catch (error) {
    reject(error);
  }
}

interface Waiting {
  /** Undefined: begin the next generation. */
  readonly batch: Uint8Array | undefined;
  readonly durable: () => void;
  readonly failed: () => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface Started {
  readonly file: OutputFile;
  readonly salt: number;
}

async function start(directory: Directory, generation: number): Promise<Started> {
  const salt = randomInt(2 ** 32);
  const file = await directory.create(translogName(generation));
  try {
    await file.write(encodeHeader(salt));
    await file.sync();
    await directory.sync();
  } catch (error) {
    await file.close().catch(() => undefined);
    await directory.remove(translogName(generation)).catch(() => undefined);
    throw error;
  }
  return { file, salt };
}

/** The batches at the head of the queue that go into one write, or a single request to begin the next generation. */
function takeGroup(queue: Waiting[]): Waiting[] {
  let count = 0;
  for (let bytes = 0; count < queue.length && bytes < GROUP_BYTES; count++) {
    const { batch } = queue[count]!;
    if (batch === undefined) break;
    bytes += batch.length;
  }
  return queue.splice(0, Math.max(count, 1));
}

const GROUP_BYTES = 16 << 20;

/** Promise.withResolvers, which Node has from 22 on. */
function withResolvers(): { promise: Promise<void>; resolve: () => void; reject: (error: unknown) => void } {
  let resolve!: () => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<void>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  return { promise, resolve, reject };
}
