import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { SecureContextOptions } from 'node:tls';
import { makeAuthority, makeServerCertificate, type KeyPair } from './certificate-maker.ts';
import { makePrivateFolder, writePrivateFile } from './private-file.ts';

export interface Certificates {
  /** PEM file that clients are given to trust. */
  readonly caFile: string;
  readonly ca: string;
  readonly server: KeyPair;
}

export interface CertificateOptions {
  readonly data: string;
  /** Where the engine listens: is named in the certificate. */
  readonly host: string;
  /** @default now */
  readonly now?: Date;
}

const RENEWED_BEFORE = 60 * 86_400_000;

/**
 * The engine's certificates in `DATA/certs`: read, and made anew where one is missing, damaged, about to end, or does not name this
 * host. Each file is replaced as a whole and each pair is checked when read, so a start that was killed half-way is repaired by
 * the next. The authority's key stays (0600), because only it can renew the server's certificate without a word to any client.
 */
export async function openCertificates(options: CertificateOptions): Promise<Certificates> {
  const { data, host, now = new Date() } = options;
  const folder = join(data, 'certs');
  await makePrivateFolder(folder);
  const caFile = join(folder, 'http_ca.crt');
  const authority =
    (await readPair(folder, 'http_ca', now)) ?? (await writePair(folder, 'http_ca', await makeAuthority(now)));
  const hosts = hostsOf(host);
  const server = await readPair(folder, 'http', now);
  const usable = server !== undefined && belongs(server, authority, hosts);
  return {
    caFile,
    ca: authority.certificate,
    server: usable ? server : await writePair(folder, 'http', await makeServerCertificate(authority, hosts, now)),
  };
}

/** For `node:tls`: the authority is sent along, so that a client that knows only its fingerprint can check it. */
export function secureContext({ server, ca }: Certificates): SecureContextOptions {
  return { cert: `${server.certificate.trimEnd()}\n${ca}`, key: server.key, minVersion: 'TLSv1.2' };
}

async function readPair(folder: string, name: string, now: Date): Promise<KeyPair | undefined> {
  try {
    const certificate = await readFile(join(folder, `${name}.crt`), 'utf8');
    const key = await readFile(join(folder, `${name}.key`), 'utf8');
    const parsed = new X509Certificate(certificate);
    const ends = Date.parse(parsed.validTo);
    const usable = parsed.checkPrivateKey(createPrivateKey(key)) && ends - now.getTime() > RENEWED_BEFORE;
    return usable ? { certificate, key } : undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A folder that may not be read is no reason to make a new authority.
    if (code === 'EACCES' || code === 'EPERM' || code === 'EIO') throw error;
    return undefined;
  }
}

/** The key first: a certificate without its key is noticed, and both are made again. */
async function writePair(folder: string, name: string, pair: KeyPair): Promise<KeyPair> {
  await writePrivateFile(join(folder, `${name}.key`), pair.key);
  await writePrivateFile(join(folder, `${name}.crt`), pair.certificate);
  return pair;
}

function belongs(server: KeyPair, authority: KeyPair, hosts: readonly string[]): boolean {
  const certificate = new X509Certificate(server.certificate);
  const issuer = new X509Certificate(authority.certificate);
  const names = (host: string): boolean =>
    (isIP(host) > 0 ? certificate.checkIP(host) : certificate.checkHost(host)) !== undefined;
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey) && hosts.every(names);
}

function hostsOf(host: string): readonly string[] {
  // What a wildcard address stands for is not known here; the host name is what remote clients use.
  const wildcard = host === '0.0.0.0' || host === '::';
  const names = ['localhost', '127.0.0.1', '::1', ...(wildcard ? [] : [host])];
  const own = hostname();
  return [...new Set(/^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(own) ? [...names, own] : names)];
}
