import { readFile } from 'node:fs/promises';
import { isIPv4 } from 'node:net';
import { join } from 'node:path';
import { gatelogError, reasonOf } from '../errors/gatelog-error.ts';
import { dataFolder } from '../settings/paths.ts';
import type { Settings } from '../settings/settings.ts';
import { storeClient, type StoreClient } from './client.ts';
import { findCredential, type Credential } from './credentials.ts';

/** Where a store is and how to be let in. */
export interface StoreConnection {
  readonly url: URL;
  readonly credential: Credential;
  /** PEM of the only authority to trust; the system's authorities when left away. */
  readonly certificateAuthority?: string;
  /** SHA-256 of the only authority to trust, 64 hexadecimal digits without colons. */
  readonly fingerprint?: string;
}

/** The client for the store that a command's settings name (`STORE_OPTIONS`). Throws GATELOG_STORE_… for what is wrong. */
export async function connectToStore(settings: Settings, environment: NodeJS.ProcessEnv): Promise<StoreClient> {
  return storeClient(await storeConnection(settings, environment));
}

/** Resolves the settings of `STORE_OPTIONS`; nothing is sent yet. */
export async function storeConnection(settings: Settings, environment: NodeJS.ProcessEnv): Promise<StoreConnection> {
  const url = parseStoreUrl(settings.text('url'));
  const isLocal = isLoopback(url.hostname);
  const fingerprint = parseFingerprint(settings.optionalText('ca-fingerprint'));
  const authority = await readAuthority(settings.optionalText('cacert'), isLocal, environment);
  return {
    url,
    credential: await findCredential(settings.optionalText('user'), isLocal, environment),
    ...(authority !== undefined && { certificateAuthority: authority }),
    ...(fingerprint !== undefined && { fingerprint }),
  };
}

/** Whether a host name can only be this machine. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, '');
  return name === 'localhost' || name === '::1' || (isIPv4(name) && name.startsWith('127.'));
}

/** Throws GATELOG_STORE_URL_INVALID; a URL with a password in it is refused, because command lines are public. */
export function parseStoreUrl(text: string): URL {
  if (!URL.canParse(text)) throw gatelogError('GATELOG_STORE_URL_INVALID', { url: text, reason: 'it is not a URL' });
  const url = new URL(text);
  const refuse = (reason: string): never => {
    throw gatelogError('GATELOG_STORE_URL_INVALID', { url: withoutUserInfo(url), reason });
  };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') refuse('it must begin with https:// or http://');
  if (url.username || url.password) {
    refuse('it must not hold a user or a password: use --user and ELASTIC_PASSWORD');
  }
  if (url.search || url.hash) refuse('it must not hold a query');
  return url;
}

function withoutUserInfo(url: URL): string {
  return url.href.replace(/\/\/[^/@]*@/, '//');
}

function parseFingerprint(text: string | undefined): string | undefined {
  const digits = text?.replaceAll(':', '').toUpperCase();
  if (digits === undefined || /^[0-9A-F]{64}$/.test(digits)) return digits;
  throw gatelogError('GATELOG_SETTING_INVALID', {
    setting: '--ca-fingerprint',
    value: text ?? '',
    reason: 'it must be a SHA-256 fingerprint: 64 hexadecimal digits, with or without colons',
  });
}

// The embedded engine's own authority is tried only for this machine: trusting it for any other host would let the
// engine's key speak for the whole net, and would shut out the system's authorities.
async function readAuthority(
  named: string | undefined,
  isLocal: boolean,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const own = join(dataFolder(environment), 'certs', 'http_ca.crt');
  if (named === undefined) return isLocal ? readFile(own, 'utf8').catch(() => undefined) : undefined;
  const text = await readFile(named, 'utf8').catch((error: unknown) => {
    throw gatelogError('GATELOG_STORE_CA_UNREADABLE', { file: named, reason: reasonOf(error) }, error);
  });
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw gatelogError('GATELOG_STORE_CA_UNREADABLE', { file: named, reason: 'there is no PEM certificate in it' });
}
