import { isIPv4, isIPv6 } from 'node:net';

/** What an IPv4 address begins with when it is written in 16 bytes (RFC 4291, 2.5.5.2). */
const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/** An IPv4 or IPv6 address as 16 bytes; undefined for anything else, zone ids included. */
export function parseAddress(text: string): Uint8Array | undefined {
  if (isIPv4(text)) return Uint8Array.from([...MAPPED, ...text.split('.').map(Number)]);
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const [head = '', tail] = text.split('::');
  const before = groups(head);
  const after = groups(tail ?? '');
  const gap = Array.from({ length: 16 - before.length - after.length }, () => 0);
  return Uint8Array.from([...before, ...gap, ...after]);
}

/** As it is usually written: IPv4 with dots, IPv6 in the short form of RFC 5952. */
export function showAddress(bytes: Uint8Array): string {
  if (MAPPED.every((byte, i) => bytes[i] === byte)) return bytes.slice(12).join('.');
  const words = Array.from({ length: 8 }, (_, i) => (bytes[2 * i]! << 8) | bytes[2 * i + 1]!);
  const { start, length } = longestZeros(words);
  if (length < 2) return hex(words);
  return `${hex(words.slice(0, start))}::${hex(words.slice(start + length))}`;
}

/** First and last address of a block such as `10.0.0.0/8`; undefined when it is none. */
export function parseBlock(text: string): { readonly first: Uint8Array; readonly last: Uint8Array } | undefined {
  const [address = '', length = ''] = text.split('/');
  const bytes = parseAddress(address);
  const most = isIPv4(address) ? 32 : 128;
  if (!bytes || !/^\d{1,3}$/.test(length) || Number(length) > most) return undefined;
  const fixed = 128 - most + Number(length);
  const mask = Uint8Array.from({ length: 16 }, (_, i) => 0xff & ~(0xff >> Math.max(0, Math.min(8, fixed - 8 * i))));
  return { first: bytes.map((byte, i) => byte & mask[i]!), last: bytes.map((byte, i) => byte | (0xff & ~mask[i]!)) };
}

function groups(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const word = Number.parseInt(group, 16);
    return [word >> 8, word & 0xff];
  });
}

function longestZeros(words: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (words[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}

function hex(words: readonly number[]): string {
  return words.map((word) => word.toString(16)).join(':');
}
