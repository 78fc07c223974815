export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** The `Authorization` header of RFC 7617; the reason why not, when it is something else. */
export function basicCredentials(header: string | undefined): Credentials | 'missing' | 'malformed' | 'unsupported' {
  if (header === undefined) return 'missing';
  const [scheme = '', encoded = ''] = header.trim().split(/ +/, 2);
  if (/^(bearer|apikey)$/i.test(scheme)) return 'unsupported';
  if (!/^basic$/i.test(scheme)) return 'missing';
  if (!/^[\w+/-]+={0,2}$/.test(encoded)) return 'malformed';
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  return colon < 0 ? 'malformed' : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}
