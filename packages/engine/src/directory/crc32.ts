import zlib from 'node:zlib';

/**
 * CRC-32 (IEEE 802.3, as in gzip). Node has it natively since 20.15 and 22.2; before that the table below does it.
 * @param start the checksum of what came before, or a salt
 */
export const crc32: (bytes: Uint8Array, start?: number) => number = zlib.crc32 ?? crc32ByTable;

export function crc32ByTable(bytes: Uint8Array, start = 0): number {
  let crc = ~start;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb8_8320 : crc >>> 1;
  return crc;
});
