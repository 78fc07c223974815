import { crc32 } from '../directory/crc32.ts';
import { type Directory, readFile, writeFile } from '../directory/directory.ts';
import { ElasticError } from '../errors.ts';
import { Bitset } from '../segment/bitset.ts';

/** Which documents of a segment are alive: number of documents (uint32), CRC-32 of the words (uint32), words of the bitset. */
export async function writeLive(directory: Directory, name: string, live: Bitset): Promise<void> {
  const words = new Uint8Array(live.words.buffer, live.words.byteOffset, live.words.byteLength);
  const file = Buffer.alloc(8 + words.length);
  file.writeUInt32LE(live.size);
  file.writeUInt32LE(crc32(words), 4);
  file.set(words, 8);
  await writeFile(directory, name, file);
}

/** @throws ElasticError 500 `corrupt_index_exception` */
export function readLive(directory: Directory, name: string, documentCount: number): Bitset {
  const file = Buffer.from(readFile(directory, name).buffer);
  const live = new Bitset(documentCount);
  const words = file.subarray(8);
  if (
    file.length !== 8 + live.words.byteLength ||
    file.readUInt32LE() !== documentCount ||
    crc32(words) !== file.readUInt32LE(4)
  ) {
    throw new ElasticError(500, 'corrupt_index_exception', `${directory.path}/${name} is damaged`);
  }
  new Uint8Array(live.words.buffer).set(words);
  return live;
}
