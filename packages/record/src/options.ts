import type { IncomingMessage } from 'node:http';
import { clientIpReader, type ClientIpOptions, type ClientIpReader } from './client-ip.ts';
import type { AccessEvent } from './event.ts';
import { chooseFormat, type Format } from './formats/format.ts';
import { compilePolicy, type Policy, type PolicyFunction } from './policy.ts';
import { secretNames, type SecretName } from './redact.ts';

/** All have defaults. */
export interface RecorderOptions extends ClientIpOptions {
  /** The log file; its folder is made when missing. One process writes it. @default 'logs/app.log' */
  file?: string | undefined;
  /** How an event is written: `classic`, `ecs`, or a function that returns its text. @default 'classic' */
  format?: Format | undefined;
  /** What each page allows. Without one the app's own router and the status decide. @default none */
  policy?: Policy | undefined;
  /** Bytes at which the log rotates; 0 never rotates. @default 1_000_000 */
  maxBytes?: number | undefined;
  /** Older logs kept, `app.log.1` the newest; 0 never rotates. @default 3 */
  backups?: number | undefined;
  /** Milliseconds an event waits in memory at most before it is written. @default 100 */
  flushInterval?: number | undefined;
  /** Bytes of events kept in memory while the disk does not take them; beyond it they are lost. @default 4_194_304 */
  bufferBytes?: number | undefined;
  /** Names of further query parameters whose values are secret, in any case, with or without dashes. @default [] */
  secretParameters?: readonly string[] | undefined;
  /** Who is logged in, asked when the request has ended. @default nobody */
  userName?: ((request: IncomingMessage) => string | undefined) | undefined;
  /** Told when the log cannot be written, once until it can be again. @default a warning of the process */
  onError?: ((error: Error) => void) | undefined;
}

/** Options with every default in place and every table compiled. */
export interface ResolvedOptions {
  file: string;
  maxBytes: number;
  backups: number;
  flushInterval: number;
  bufferBytes: number;
  format: (event: AccessEvent) => string;
  decide: PolicyFunction;
  readClientIp: ClientIpReader;
  isSecret: SecretName;
  readUserName: (request: IncomingMessage) => string | undefined;
  onError: (error: Error) => void;
}

/**
 * Resolves options, once, when the recorder is made.
 *
 * @throws TypeError when an option cannot be meant: a negative size, an unknown format, a bad pattern or range
 */
export function resolveOptions(options: RecorderOptions): ResolvedOptions {
  const { format = 'classic' } = options;
  if (typeof format !== 'function' && format !== 'classic' && format !== 'ecs') {
    throw new TypeError(`format: "${String(format)}" is not known; use 'classic', 'ecs' or a function.`);
  }
  return {
    file: options.file ?? 'logs/app.log',
    maxBytes: amount('maxBytes', options.maxBytes, 1_000_000),
    backups: amount('backups', options.backups, 3),
    flushInterval: amount('flushInterval', options.flushInterval, 100),
    bufferBytes: amount('bufferBytes', options.bufferBytes, 4_194_304),
    format: chooseFormat(format),
    decide: options.policy === undefined ? () => undefined : compilePolicy(options.policy),
    readClientIp: clientIpReader(options),
    isSecret: secretNames(options.secretParameters),
    readUserName: options.userName ?? (() => undefined),
    onError: options.onError ?? ((error) => process.emitWarning(error.message, 'GatelogWarning')),
  };
}

function amount(name: string, value: number | undefined, byDefault: number): number {
  if (value === undefined) return byDefault;
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new TypeError(`${name}: ${value} is not a whole number of zero or more.`);
}
