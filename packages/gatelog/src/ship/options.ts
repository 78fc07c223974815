import type { StoreClient } from '../elastic/client.ts';
import type { FormatName } from '../formats/format.ts';

/** The shape of documents: ECS names, or the four keys `timestamp`, `loglevel`, `message`, `ip_address`. */
export type Schema = 'ecs' | 'classic';

/** What to ship, where to, and how. */
export interface ShipOptions {
  /** Paths of the log files. */
  readonly files: readonly string[];
  readonly client: StoreClient;
  /** @default 'gatelog-access' */
  readonly index?: string;
  /** @default 'ecs' */
  readonly schema?: Schema;
  /** @default 'auto': the format that fits the first lines of each file */
  readonly format?: FormatName | 'auto';
  /** Go on with what is written to the files, through rotations, until `signal` is aborted. @default false */
  readonly follow?: boolean;
  /** Folder of checkpoint, lock and dead letters; one shipper at a time. @default $XDG_STATE_HOME/gatelog */
  readonly state?: string;
  /** How long to wait for a store that is down or overloaded, ms. @default 30_000, and for ever with `follow` */
  readonly retryFor?: number;
  /** First pause before a retry, ms; doubles up to 30 s. @default 500 */
  readonly firstPause?: number;
  /** Bytes of log read, and sent as one batch. Memory is some twenty times this, per file. @default 262_144 */
  readonly batchBytes?: number;
  /** Longest line, in bytes; a longer one becomes a dead letter, cut to this. @default 1_048_576 */
  readonly longestLine?: number;
  /** Aborting it finishes the requests under way and resolves `ship`; what was not sent is sent the next time. */
  readonly signal?: AbortSignal;
  /** Called after each batch the store has acknowledged, when the checkpoint is on disk. */
  readonly onProgress?: (progress: ShipProgress) => void;
  /** Called with what a person may want to know: the format found, a store that is waited for. One line of text. */
  readonly onNotice?: (notice: string) => void;
}

export interface ShipCounts {
  /** Lines read, blank ones left out. */
  readonly lines: number;
  readonly created: number;
  /** Lines whose document was in the store before. */
  readonly alreadyThere: number;
  /** Lines kept in the dead-letter file, because they could not be read or the store rejected them. */
  readonly deadLetters: number;
  /** Bytes of log done with. */
  readonly bytes: number;
}

export interface ShipProgress extends ShipCounts {
  readonly file: string;
  /** Byte offset up to which the file is done. */
  readonly offset: number;
}

export interface ShipSummary extends ShipCounts {
  readonly index: string;
  readonly seconds: number;
  /** Where the dead letters are. */
  readonly deadLetterFile: string;
}
