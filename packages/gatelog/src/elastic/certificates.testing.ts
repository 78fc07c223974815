import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An authority and a certificate for 127.0.0.1 that it signed, as PEM. */
export interface TestCertificates {
  readonly authority: string;
  /** SHA-256 of the authority, with colons. */
  readonly fingerprint: string;
  readonly key: string;
  /** The certificate followed by its authority, as a server sends them. */
  readonly chain: string;
}

/** Makes certificates with the `openssl` command, good for a day. */
export function makeCertificates(names = 'IP:127.0.0.1', authorityName = 'test authority'): TestCertificates {
  const folder = mkdtempSync(join(tmpdir(), 'gatelog-certificates-'));
  const openssl = (...options: string[]): void => {
    execFileSync('openssl', options, { cwd: folder, stdio: 'ignore' });
  };
  try {
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    openssl(
      'req',
      '-x509',
      ...newKey,
      '-days',
      '1',
      '-subj',
      `/CN=${authorityName}`,
      '-keyout',
      'ca.key',
      '-out',
      'ca.crt',
    );
    openssl('req', ...newKey, '-subj', '/CN=node', '-keyout', 'node.key', '-out', 'node.csr');
    writeFileSync(join(folder, 'extensions'), `subjectAltName=${names}\n`);
    openssl(
      'x509',
      '-req',
      '-in',
      'node.csr',
      '-CA',
      'ca.crt',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-days',
      '1',
      '-extfile',
      'extensions',
      '-out',
      'node.crt',
    );
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    const authority = read('ca.crt');
    const fingerprint = new X509Certificate(authority).fingerprint256;
    return { authority, fingerprint, key: read('node.key'), chain: read('node.crt') + authority };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
