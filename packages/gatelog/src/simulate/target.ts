import { lookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import { promisify } from 'node:util';
import { gatelogError, reasonOf } from '../errors/gatelog-error.ts';

/** A server on this machine: the name it is called by and the loopback addresses that were verified for it. */
export interface Target {
  readonly url: URL;
  readonly addresses: readonly LookupAddress[];
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Verifies that a target is on this machine. Names are resolved here, once, and connections are made to exactly these
 * addresses: a name that changes its address later leads nowhere else. `URL` has already turned spellings such as
 * `2130706433` or `0x7f.1` into plain addresses. Throws GATELOG_SIMULATE_TARGET_REFUSED.
 */
export async function verifyTarget(text: string): Promise<Target> {
  const refuse = (reason: string, cause?: unknown): Error =>
    gatelogError('GATELOG_SIMULATE_TARGET_REFUSED', { url: text, reason }, cause);
  if (!URL.canParse(text)) throw refuse('it is not a URL');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refuse('it is not a http or https URL');
  if (url.username !== '' || url.password !== '') throw refuse('it carries a user name or password');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await resolve(host).catch((error: unknown) => {
    throw refuse(`${host} has no address (${reasonOf(error)})`, error);
  });
  const outside = addresses.find(({ address, family }) => !loopback.check(address, family === 6 ? 'ipv6' : 'ipv4'));
  if (outside) throw refuse(`${outside.address} is not a loopback address`);
  return { url, addresses };
}

async function resolve(host: string): Promise<readonly LookupAddress[]> {
  const family = isIP(host);
  return family === 0 ? await promisify(lookup)(host, { all: true }) : [{ address: host, family }];
}
