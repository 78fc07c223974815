import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import { normalizeIp, truncateIp } from './ip-address.ts';

/**
 * Which proxies are believed: none; so many hops, counted from this server; those in a list of addresses and CIDR
 * ranges; or those for which a function says so (`hop` 0 is whoever opened the connection).
 */
export type TrustProxy = false | number | readonly string[] | ((address: string, hop: number) => boolean);

export interface ClientIpOptions {
  /** Which proxies are believed. @default false */
  trustProxy?: TrustProxy | undefined;
  /**
   * The header the proxies write. Only this one is read: a proxy passes on untouched the one it does not know, and
   * with it whatever a client wrote there. @default 'x-forwarded-for'
   */
  proxyHeader?: 'x-forwarded-for' | 'forwarded' | undefined;
  /** `truncate` keeps /24 of IPv4 and /48 of IPv6. @default 'none' */
  anonymizeIp?: 'none' | 'truncate' | undefined;
}

export type ClientIpReader = (remote: string | undefined, headers: IncomingHttpHeaders) => string | undefined;

/**
 * Makes the function that says who the client is. Headers are read from the right, where the nearest proxy wrote: the
 * first address that is not a trusted proxy is the client, and what a client put on the left never counts.
 *
 * @throws TypeError when `trustProxy` holds something that is neither an address nor a CIDR range
 */
export function clientIpReader(options: ClientIpOptions): ClientIpReader {
  const { trustProxy = false, proxyHeader = 'x-forwarded-for', anonymizeIp = 'none' } = options;
  const trusts = compileTrust(trustProxy);
  return (remote, headers) => {
    let client = normalizeIp(remote);
    if (client === undefined) return undefined;
    const forwarded = trustProxy === false ? [] : readForwarded(headers[proxyHeader], proxyHeader);
    for (let hop = 0; hop < forwarded.length && trusts(client, hop); hop += 1) {
      const next = normalizeIp(forwarded[hop]);
      // `unknown`, a made-up name or garbage: nobody further away can be known, so the last one known it is.
      if (next === undefined) break;
      client = next;
    }
    return anonymizeIp === 'truncate' ? truncateIp(client) : client;
  };
}

function compileTrust(trust: TrustProxy): (address: string, hop: number) => boolean {
  if (trust === false) return () => false;
  if (typeof trust === 'function') return trust;
  if (typeof trust === 'number') return (_, hop) => hop < trust;
  if (!Array.isArray(trust)) {
    throw new TypeError(
      'trustProxy: say which proxies, as a number of hops or a list of ranges; to believe all is to believe anyone.',
    );
  }
  const list = new BlockList();
  for (const range of trust) addRange(list, String(range));
  return (address) => list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

function addRange(list: BlockList, range: string): void {
  const [address = '', prefix, ...rest] = range.split('/');
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  const bits = prefix === undefined ? (family === 'ipv6' ? 128 : 32) : /^\d+$/.test(prefix) ? Number(prefix) : -1;
  try {
    if (rest.length > 0) throw new TypeError('two slashes');
    list.addSubnet(address, bits, family);
  } catch (cause) {
    throw new TypeError(
      `trustProxy: "${range}" is neither an address nor a range; write it as 10.0.0.1, 10.0.0.0/8 or fd00::/8.`,
      { cause },
    );
  }
}

/** The addresses of a header, nearest first. */
function readForwarded(header: string | string[] | undefined, name: string): (string | undefined)[] {
  const text = typeof header === 'string' ? header : (header ?? []).join(',');
  if (text === '') return [];
  const elements = name === 'forwarded' ? splitElements(text).map(readFor) : text.split(',');
  return elements.toReversed();
}

// RFC 7239: `for="[2001:db8::1]:4711";proto=https, for=192.0.2.1`; a comma may stand inside quotes. A quote left open
// by the client must not swallow what the proxy wrote after it, so then every comma counts.
function splitElements(text: string): string[] {
  const quotes = text.match(/(?<!\\)"/g)?.length ?? 0;
  return quotes % 2 === 0 ? (text.match(/(?:"(?:[^"\\]|\\.)*"|[^",])+/g) ?? []) : text.split(',');
}

function readFor(element: string): string | undefined {
  const [, quoted, bare] = /(?:^|;)\s*for=(?:"([^"]*)"|([^;"\s]*))/i.exec(element) ?? [];
  return quoted ?? bare;
}
