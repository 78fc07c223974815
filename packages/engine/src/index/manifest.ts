import { crc32 } from '../directory/crc32.ts';
import { type Directory, readFile, replaceFile } from '../directory/directory.ts';
import type { Settings } from './settings.ts';

/** What an index is made of on disk. It is replaced as a whole; what it does not name does not exist. */
export interface Manifest {
  readonly format: 1;
  readonly name: string;
  readonly uuid: string;
  /** ms since 1970. */
  readonly createdAt: number;
  readonly settings: Settings;
  readonly mapping: Record<string, unknown>;
  readonly segments: readonly ManifestSegment[];
  /** The first translog generation that a start must replay. */
  readonly translogGeneration: number;
  /** All operations below this sequence number are in the segments. */
  readonly nextSequenceNumber: number;
  readonly nextSegment: number;
}

export interface ManifestSegment {
  readonly file: string;
  /** File of the documents that are alive; absent: all are. */
  readonly live?: string;
}

const FILE = 'manifest.json';

export async function writeManifest(directory: Directory, manifest: Manifest): Promise<void> {
  const body = JSON.stringify(manifest);
  await replaceFile(directory, FILE, Buffer.from(`${checksum(body)}\n${body}`));
}

/** @throws Error that says what is wrong with it */
export function readManifest(directory: Directory): Manifest {
  const text = Buffer.from(readFile(directory, FILE)).toString();
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  if (end === -1 || text.slice(0, end) !== checksum(body)) {
    throw new Error(`${directory.path}/${FILE} does not match its checksum`);
  }
  const manifest = JSON.parse(body) as Manifest;
  if (manifest.format !== 1) {
    throw new Error(`${directory.path}/${FILE} has format ${String(manifest.format)}, this engine reads 1`);
  }
  return manifest;
}

function checksum(body: string): string {
  return crc32(Buffer.from(body)).toString(16).padStart(8, '0');
}
