import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCertificates, type Certificates } from './certificates.ts';

describe('certificates', () => {
  let data: string;
  beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'gatelog-certificates-'))));
  afterEach(() => rmSync(data, { recursive: true }));

  const open = (host = '127.0.0.1', now = new Date()): Promise<Certificates> => openCertificates({ data, host, now });

  it('are made once, for this machine’s names, signed by their own authority', async () => {
    const made = await open('192.0.2.7');
    const server = new X509Certificate(made.server.certificate);
    const authority = new X509Certificate(made.ca);
    expect(server.verify(authority.publicKey)).toBe(true);
    expect(authority.ca).toBe(true);
    expect(server.ca).toBe(false);
    expect(server.checkHost('localhost')).toBe('localhost');
    for (const address of ['127.0.0.1', '::1', '192.0.2.7']) expect(server.checkIP(address)).toBe(address);
    expect(await open('192.0.2.7')).toEqual(made);
  });

  it('are readable by their owner alone', async () => {
    await open();
    const folder = join(data, 'certs');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder).toSorted()).toEqual(['http.crt', 'http.key', 'http_ca.crt', 'http_ca.key']);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  it('leave the global Reflect as it was', async () => {
    await open();
    expect('getMetadata' in Reflect).toBe(false);
  });

  it('of the server are renewed before they end, and clients need not hear of it', async () => {
    const made = await open();
    const later = await open('127.0.0.1', new Date(Date.now() + 800 * 86_400_000));
    expect(later.ca).toBe(made.ca);
    expect(later.server.certificate).not.toBe(made.server.certificate);
    expect(new X509Certificate(later.server.certificate).checkIssued(new X509Certificate(made.ca))).toBe(true);
  });

  it('are made again for a host they do not name', async () => {
    const made = await open();
    const other = await open('192.0.2.9');
    expect(other.ca).toBe(made.ca);
    expect(new X509Certificate(other.server.certificate).checkIP('192.0.2.9')).toBe('192.0.2.9');
  });

  it.each(['http.crt', 'http.key', 'http_ca.crt', 'http_ca.key'])(
    'are repaired when a start was killed before %s, or it was cut',
    async (name) => {
      await open();
      const path = join(data, 'certs', name);
      for (const damage of [
        (): void => rmSync(path),
        (): void => writeFileSync(path, readFileSync(path).subarray(0, 40)),
      ]) {
        damage();
        const repaired = await open();
        const authority = new X509Certificate(repaired.ca);
        expect(new X509Certificate(repaired.server.certificate).verify(authority.publicKey)).toBe(true);
        expect(await open()).toEqual(repaired);
      }
    },
  );
});
