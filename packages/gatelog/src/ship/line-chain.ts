import { createHash } from 'node:crypto';

/**
 * Where reading of a file stands. `digest` stands for all lines before `offset`: the digest of a line is the SHA-256
 * of the digest before it and the line, so it derives from the line's content and its place behind all others.
 */
export interface Place {
  readonly offset: number;
  readonly digest: Buffer;
}

/** The place before the first line of any file. */
export const BEGINNING: Place = { offset: 0, digest: Buffer.alloc(32) };

/** The digest after one more line. */
export function nextDigest(digest: Buffer, line: Buffer): Buffer {
  return createHash('sha256').update(digest).update(line).digest();
}

/**
 * The `_id` of the line that a digest ends with: 120 bits, 20 characters of base64url.
 *
 * A line has the same id however often, from whatever copy or rotated name, and with whatever state its file is
 * shipped, because nothing but content goes into it. The price: two files that begin with the very same lines share
 * the ids of those lines until the first that differs. Lines carry their time, so that needs the same request at the
 * same moment as the first line of both.
 */
export function documentId(digest: Buffer): string {
  return digest.toString('base64url', 0, 15);
}
