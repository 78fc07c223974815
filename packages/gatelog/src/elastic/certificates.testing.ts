import { X509Certificate } from 'node:crypto';
import { type KeyPair, makeAuthority, makeServerCertificate } from '../../../engine/src/security/certificate-maker.ts';

/** An authority and a certificate that it signed, as PEM. */
export interface TestCertificates {
  readonly authority: string;
  /** SHA-256 of the authority, with colons. */
  readonly fingerprint: string;
  readonly key: string;
  /** The certificate followed by its authority, as a server sends them. */
  readonly chain: string;
}

/** Certificates such as the embedded engine makes, for these names and addresses. */
export async function makeCertificates(names: readonly string[] = ['127.0.0.1']): Promise<TestCertificates> {
  const { certificate: authority, ...rest } = await makeAuthority(new Date());
  const server: KeyPair = await makeServerCertificate({ certificate: authority, ...rest }, names, new Date());
  const fingerprint = new X509Certificate(authority).fingerprint256;
  return { authority, fingerprint, key: server.key, chain: `${server.certificate}\n${authority}` };
}

/** A certificate that names the same authority as its issuer, but that another key signed. */
export async function forgeCertificate({
  authority,
}: TestCertificates): Promise<Pick<TestCertificates, 'key' | 'chain'>> {
  const { key } = await makeAuthority(new Date());
  const forged = await makeServerCertificate({ certificate: authority, key }, ['127.0.0.1'], new Date());
  return { key: forged.key, chain: `${forged.certificate}\n${authority}` };
}
