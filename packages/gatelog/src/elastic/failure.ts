import { connect as connectTls } from 'node:tls';
import { GatelogError, gatelogError, reasonOf, systemCode } from '../errors/gatelog-error.ts';

/** The error for a request that got no answer: which link of the chain broke, in terms of what to change. */
export async function connectionFailure(error: unknown, url: URL): Promise<GatelogError> {
  if (error instanceof GatelogError) return error;
  const code = systemCode(error);
  const address = url.origin;
  if (code === 'ECONNREFUSED') return gatelogError('GATELOG_STORE_REFUSED', { url: address }, error);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return gatelogError('GATELOG_STORE_UNKNOWN_HOST', { url: address }, error);
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return gatelogError('GATELOG_STORE_WRONG_NAME', { url: address, reason: namesOf(error) }, error);
  }
  if (isUntrusted(code))
    return gatelogError('GATELOG_STORE_UNTRUSTED', { url: address, reason: reasonOf(error) }, error);
  if (isNotTls(error, code)) return gatelogError('GATELOG_STORE_SPEAKS_HTTP', { url: address }, error);
  if (url.protocol === 'http:' && (code.startsWith('HPE_') || code === 'ECONNRESET') && (await speaksTls(url))) {
    return gatelogError('GATELOG_STORE_SPEAKS_TLS', { url: address }, error);
  }
  const reason = reasonOf(error) || code || 'no reason given';
  return gatelogError('GATELOG_STORE_UNREACHABLE', { url: address, reason }, error);
}

/** Whether the same request may well succeed a little later: the store is down, starting, overloaded or cut off. */
export function isPassing(error: unknown): error is GatelogError {
  if (!(error instanceof GatelogError)) return false;
  if (error.code === 'GATELOG_STORE_REJECTED') return isPassingStatus(Number(error.details['status']));
  return [
    'GATELOG_STORE_REFUSED',
    'GATELOG_STORE_UNKNOWN_HOST',
    'GATELOG_STORE_UNREACHABLE',
    'GATELOG_STORE_TIMEOUT',
  ].includes(error.code);
}

/** Whether a status says "not now" rather than "never": 429 and all of 5xx but 501. */
export function isPassingStatus(status: number): boolean {
  return status === 429 || (status >= 500 && status !== 501);
}

// OpenSSL's verification results as Node names them: https://nodejs.org/api/tls.html#x509-certificate-error-codes
function isUntrusted(code: string): boolean {
  return /^(CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|INVALID_CA|ERROR_IN_CERT|PATH_LENGTH_EXCEEDED)/.test(code);
}

function isNotTls(error: unknown, code: string): boolean {
  return (
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNEXPECTED_MESSAGE|HTTP_REQUEST/.test(code) ||
    (code === 'EPROTO' && /wrong version number|packet length too long/.test(reasonOf(error)))
  );
}

function namesOf(error: unknown): string {
  const reason = reasonOf(error);
  return (
    /Host: .*$/
      .exec(reason)?.[0]
      .replace(/^Host: /, '')
      .replace(/\.$/, '') ?? reason
  );
}

// A TLS server just closes a plain connection, as a dying store does; asking it in TLS tells them apart.
function speaksTls(url: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const socket = connectTls({ host, port: Number(url.port || 80), rejectUnauthorized: false, timeout: 2_000 });
    const settle = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('secureConnect', settle(true)).once('error', settle(false)).once('timeout', settle(false));
  });
}
