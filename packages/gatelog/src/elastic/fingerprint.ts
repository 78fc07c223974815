import { isIP } from 'node:net';
import { connect, type DetailedPeerCertificate } from 'node:tls';
import { gatelogError } from '../errors/gatelog-error.ts';

/**
 * The PEM of the authority in the store's certificate chain whose SHA-256 fingerprint was pinned. Nothing is sent on
 * the connection that fetches it; requests are then made with that authority as the only trusted one, so that a
 * server that merely shows the authority's certificate, without a signature of it, is still refused.
 * Throws GATELOG_STORE_UNTRUSTED when no certificate of the chain has the fingerprint.
 */
export async function pinnedAuthority(url: URL, fingerprint: string): Promise<string> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const leaf = await new Promise<DetailedPeerCertificate>((resolve, reject) => {
    const socket = connect({
      host,
      port: Number(url.port || 443),
      ...(isIP(host) === 0 && { servername: host }),
      rejectUnauthorized: false,
    });
    socket.once('error', reject);
    socket.setTimeout(10_000, () => socket.destroy(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' })));
    socket.once('secureConnect', () => {
      resolve(socket.getPeerCertificate(true));
      socket.destroy();
    });
  });
  const found = chainOf(leaf).find((certificate) => certificate.fingerprint256.replaceAll(':', '') === fingerprint);
  if (found) return toPem(found.raw);
  throw gatelogError('GATELOG_STORE_UNTRUSTED', {
    url: url.origin,
    reason: 'no certificate in its chain has the fingerprint given',
  });
}

// A self-signed certificate is its own issuer, which would go round for ever.
function chainOf(leaf: DetailedPeerCertificate): readonly DetailedPeerCertificate[] {
  const chain = new Set<DetailedPeerCertificate>();
  for (
    let next: DetailedPeerCertificate | undefined = leaf;
    next?.raw && !chain.has(next);
    next = next.issuerCertificate
  ) {
    chain.add(next);
  }
  return [...chain];
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
