import { createHash, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import type * as X509 from '@peculiar/x509';

/** A certificate and its private key, both PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

const DAY = 86_400_000;
const CA_YEARS = 10;
// Apple's clients refuse server certificates that are valid for longer than this.
const SERVER_DAYS = 825;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A certificate authority of this engine's own (EC P-256), valid for ten years. */
export async function makeAuthority(now: Date): Promise<KeyPair> {
  const x509 = await loadX509();
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    // A serial in the name: two engines' authorities can then stand in one trust store.
    name: `CN=gatelog engine CA ${randomBytes(4).toString('hex')}`,
    ...validity(now, CA_YEARS * 365 * DAY),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await pemOf(keys.privateKey) };
}

/** A server's certificate for these host names and addresses, signed by the authority. */
export async function makeServerCertificate(authority: KeyPair, hosts: readonly string[], now: Date): Promise<KeyPair> {
  const x509 = await loadX509();
  const issuer = new x509.X509Certificate(authority.certificate);
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const { notBefore, notAfter, serialNumber } = validity(now, SERVER_DAYS * DAY);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=gatelog engine',
    issuer: issuer.subject,
    serialNumber,
    notBefore,
    notAfter: notAfter < issuer.notAfter ? notAfter : issuer.notAfter,
    publicKey: keys.publicKey,
    signingKey: await privateKeyOf(authority.key),
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(hosts.map((value) => ({ type: kindOf(value), value }))),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await pemOf(keys.privateKey) };
}

/** SHA-256 of the DER form, lower-case hexadecimal: what Elasticsearch prints as the CA's fingerprint. */
export function fingerprintOf(certificate: string): string {
  return createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex');
}

function validity(now: Date, length: number): { serialNumber: string; notBefore: Date; notAfter: Date } {
  return {
    // Positive, as RFC 5280 wants it: the first bit is not set.
    serialNumber: `01${randomBytes(15).toString('hex')}`,
    // A clock that is set back a little must not make the certificate one of the future.
    notBefore: new Date(now.getTime() - DAY),
    notAfter: new Date(now.getTime() + length),
  };
}

function kindOf(host: string): 'ip' | 'dns' {
  return /^[\d.]+$/.test(host) || host.includes(':') ? 'ip' : 'dns';
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${bytes.replaceAll(/.{1,64}/g, '$&\n')}-----END PRIVATE KEY-----\n`;
}

async function privateKeyOf(pem: string): Promise<webcrypto.CryptoKey> {
  const bytes = Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
  return webcrypto.subtle.importKey('pkcs8', bytes, ALGORITHM, false, ['sign']);
}

/**
 * Takes 100 ms and some MB, which only a start that makes certificates pays.
 * The library finds its parts by decorators and asks for a Reflect polyfill that it then uses for types we do not have; three
 * functions that know nothing are enough, and they are gone again once it is loaded.
 */
async function loadX509(): Promise<typeof X509> {
  const polyfill = { getMetadata: nothing, getOwnMetadata: nothing, defineMetadata: nothing };
  const missing = Object.entries(polyfill).filter(([name]) => !(name in Reflect));
  Object.assign(Reflect, Object.fromEntries(missing));
  try {
    return await import('@peculiar/x509');
  } finally {
    for (const [name] of missing) Reflect.deleteProperty(Reflect, name);
  }
}

function nothing(): undefined {}
