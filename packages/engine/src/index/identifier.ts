import { randomBytes } from 'node:crypto';
import { ElasticError, illegalArgument } from '../errors.ts';

/**
 * A new document id: 20 URL-safe characters, ordered by time: 6 bytes of ms since 1970, 3 of a counter, 6 of this process.
 * What changes slowly comes first and on borders of three bytes, so that neighbours share a prefix and deflate well.
 */
export function newIdentifier(now: number = Date.now()): string {
  counter = (counter + 1) & 0xff_ffff;
  const bytes = Buffer.allocUnsafe(9);
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUIntBE(counter, 6, 3);
  return bytes.toString('base64url') + PROCESS;
}

let counter = randomBytes(3).readUIntBE(0, 3);
const PROCESS = randomBytes(6).toString('base64url');

/** A uuid as Elasticsearch writes those of clusters and indices: 22 URL-safe characters. */
export function newUuid(): string {
  return randomBytes(16).toString('base64url');
}

/** @returns the id as it is stored: what is not well-formed UTF-16 cannot be written as UTF-8. @throws ElasticError 400 */
export function checkIdentifier(id: string): string {
  if (id === '') throw illegalArgument('if _id is specified it must not be empty');
  const bytes = Buffer.byteLength(id);
  if (bytes > MAXIMUM_BYTES) {
    const reason = `id [${id}] is too long, must be no longer than ${MAXIMUM_BYTES} bytes but was: ${bytes}`;
    throw new ElasticError(400, 'action_request_validation_exception', `Validation Failed: 1: ${reason};`);
  }
  return /[\ud800-\udfff]/.test(id) ? Buffer.from(id).toString() : id;
}

const MAXIMUM_BYTES = 512;
