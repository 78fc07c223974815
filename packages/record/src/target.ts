import { redactPath, redactQuery, type SecretName } from './redact.ts';

/** What a request asks for, its secrets redacted. */
export interface Target {
  path: string;
  query?: string | undefined;
  /** Only of an absolute target, and without user, password and port. */
  domain?: string | undefined;
}

/** Reads a request target: `/path?query`, or absolute, `http://user:password@host/path` (RFC 9112, section 3.2). */
export function readTarget(target: string, isSecret: SecretName): Target {
  const [origin, authority] = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(target) ?? [''];
  const rest = target.slice(origin.length);
  const mark = rest.indexOf('?');
  const path = mark === -1 ? rest : rest.slice(0, mark);
  return {
    path: redactPath(path === '' ? '/' : path, isSecret),
    query: mark === -1 ? undefined : redactQuery(rest.slice(mark + 1), isSecret),
    domain: authority === undefined ? undefined : readDomain(authority),
  };
}

/** The host of an authority or a Host header, in lower case: `user@Example.com:8080` is `example.com`. */
export function readDomain(authority: string | undefined): string | undefined {
  const host = authority?.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '');
  return host === undefined || host === '' ? undefined : host.toLowerCase();
}
