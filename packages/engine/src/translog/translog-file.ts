import { crc32 } from '../directory/crc32.ts';
import type { Directory } from '../directory/directory.ts';
import { readFile } from '../directory/directory.ts';
import { ElasticError } from '../errors.ts';

/**
 * A translog file: header, then one frame per group commit.
 * Header, 16 bytes: magic (8), salt (uint32), CRC-32 of both (uint32). Frame: mark (uint32), length (uint32), CRC-32 of the payload that starts from
 * the salt (uint32), payload. The salt is random, so no document can hold bytes that pass for a frame.
 */
export const HEADER_BYTES = 16;
export const FRAME_BYTES = 12;
const MAGIC = Buffer.from('GATETLG1');
const MARK = Buffer.from('\u00f1GRP', 'latin1');

export function translogName(generation: number): string {
  return `translog-${generation}.log`;
}

/** The generation a file name stands for; undefined for any other file. */
export function translogGeneration(name: string): number | undefined {
  const digits = /^translog-(\d{1,15})\.log$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export function encodeHeader(salt: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(header);
  header.writeUInt32LE(salt, 8);
  header.writeUInt32LE(crc32(header.subarray(0, 12)), 12);
  return header;
}

/** One frame that holds the batches one after the other. */
export function encodeFrame(batches: readonly Uint8Array[], salt: number): Buffer {
  const length = batches.reduce((sum, batch) => sum + batch.length, 0);
  const frame = Buffer.allocUnsafe(FRAME_BYTES + length);
  MARK.copy(frame);
  frame.writeUInt32LE(length, 4);
  let offset = FRAME_BYTES;
  for (const batch of batches) {
    frame.set(batch, offset);
    offset += batch.length;
  }
  frame.writeUInt32LE(crc32(frame.subarray(FRAME_BYTES), salt), 8);
  return frame;
}

export interface TranslogContent {
  readonly salt: number;
  /** Bytes up to which the file is sound. */
  readonly length: number;
  readonly payloads: readonly Uint8Array[];
}

/**
 * Reads a generation. A group is written only when the one before it is on disk, so what is torn can only be the last group of the last
 * generation; it was acknowledged to nobody and is left out. Anything else that does not match its checksum is damage.
 * @returns undefined for a last generation that was never begun: a power cut came between its making and its header
 * @throws ElasticError 500 `translog_corrupted_exception`
 */
export function readTranslog(directory: Directory, generation: number, last: boolean): TranslogContent | undefined {
  const name = translogName(generation);
  const file = Buffer.from(readFile(directory, name).buffer);
  const damaged = (offset: number): ElasticError =>
    new ElasticError(
      500,
      'translog_corrupted_exception',
      `translog ${directory.path}/${name} is damaged at byte ${offset}`,
    );
  if (!isHeader(file)) {
    if (last && file.length <= HEADER_BYTES) return undefined;
    throw damaged(0);
  }
  const salt = file.readUInt32LE(8);
  const payloads: Uint8Array[] = [];
  let offset = HEADER_BYTES;
  for (let payload = frameAt(file, offset, salt); payload !== undefined; payload = frameAt(file, offset, salt)) {
    payloads.push(payload);
    offset += FRAME_BYTES + payload.length;
  }
  if (offset < file.length && (!last || frameAfter(file, offset, salt))) throw damaged(offset);
  return { salt, length: offset, payloads };
}

function isHeader(file: Buffer): boolean {
  if (file.length < HEADER_BYTES || !file.subarray(0, 8).equals(MAGIC)) return false;
  return file.readUInt32LE(12) === crc32(file.subarray(0, 12));
}

function frameAt(file: Buffer, offset: number, salt: number): Uint8Array | undefined {
  if (offset + FRAME_BYTES > file.length || file.compare(MARK, 0, 4, offset, offset + 4) !== 0) return undefined;
  const end = offset + FRAME_BYTES + file.readUInt32LE(offset + 4);
  if (end > file.length) return undefined;
  const payload = file.subarray(offset + FRAME_BYTES, end);
  return crc32(payload, salt) === file.readUInt32LE(offset + 8) ? payload : undefined;
}

/** Whether a whole group follows somewhere after a place that is not one. */
function frameAfter(file: Buffer, offset: number, salt: number): boolean {
  for (let place = file.indexOf(MARK, offset + 1); place !== -1; place = file.indexOf(MARK, place + 1)) {
    if (frameAt(file, place, salt) !== undefined) return true;
  }
  return false;
}
