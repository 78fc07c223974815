import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Writes text and, when the reader is slower than we are, waits for it, so that long output never piles up in memory. */
export async function writeText(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}
