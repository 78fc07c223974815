import { isIP } from 'node:net';

/**
 * One spelling of an address: IPv6 compressed and in lower case, an IPv4-mapped one as IPv4, without brackets, zone
 * or port. Undefined for anything else.
 */
export function normalizeIp(text: string | undefined): string | undefined {
  const bare = stripPort((text ?? '').trim()).replace(/%.*$/s, '');
  const family = isIP(bare);
  if (family === 4) return bare;
  return family === 6 ? unmap(compress(bare)) : undefined;
}

/** An address with the host's part set to zero: the last byte of IPv4, all but the first 48 bits of IPv6. */
export function truncateIp(address: string): string {
  if (isIP(address) === 4) return address.replace(/\d+$/, '0');
  const [head = [], tail = []] = address.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  const full = [...head, ...zeros, ...tail];
  return compress(`${full.slice(0, 3).join(':')}::`);
}

// `192.0.2.1:8080`, `[2001:db8::1]:8080` and `[2001:db8::1]`; a bare IPv6 address has colons of its own.
function stripPort(text: string): string {
  const [, bracketed, dotted] = /^(?:\[([^\]]*)\]|([\d.]+))(?::\d+)?$/.exec(text) ?? [];
  return bracketed ?? dotted ?? text;
}

function compress(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

function unmap(address: string): string {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address) ?? [];
  if (high === undefined || low === undefined) return address;
  const bits = Number.parseInt(high, 16) * 0x10000 + Number.parseInt(low, 16);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join('.');
}
