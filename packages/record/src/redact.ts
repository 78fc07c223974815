const REDACTED = '[redacted]';

// Names without case, dashes and underscores. Short words are secrets only alone: `key`, not `monkey`.
const SECRET_NAME =
  /^(?:auth|code|jwt|key|otp|pass|pin|pwd|session|sid|sig|xamz.*|xgoog.*)$|(?:accesskey|apikey|authorization|credentials?|otpcode|passphrase|password|passwd|privatekey|secret|secretkey|sessid|sessionid|signature|token)$/;

/** Whether a parameter's value is a secret by its name: `access_token`, `user[password]`, `X-Amz-Signature`. */
export type SecretName = (name: string) => boolean;

/** Builds the rule for names: the usual ones, and those given, whatever their case and dashes. */
export function secretNames(additional: readonly string[] = []): SecretName {
  const own = new Set(additional.map(normalizeName));
  return (name) =>
    decode(name)
      .split(/[[\].]/)
      .map(normalizeName)
      .some((word) => SECRET_NAME.test(word) || own.has(word));
}

/** Replaces secret values of a raw query, given without its question mark; all else stays to the letter. */
export function redactQuery(query: string, isSecret: SecretName): string {
  return query
    .split('&')
    .map((pair) => redactPair(pair, isSecret))
    .join('&');
}

/** Replaces what looks like a JSON web token in a path, and secret path parameters: `/cart;jsessionid=…`. */
export function redactPath(path: string, isSecret: SecretName): string {
  return path
    .split('/')
    .map((segment) =>
      segment
        .split(';')
        .map((part) => redactPair(part, isSecret))
        .join(';'),
    )
    .join('/');
}

/** Redacts a whole address such as a referrer: user and password, path, query and fragment. */
export function redactUrl(url: string, isSecret: SecretName): string {
  const [, scheme = '', path = '', query = '', fragment = ''] =
    /^([a-z][a-z\d+.-]*:)?([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(url) ?? [];
  const redactedPath = redactPath(path.replace(/^\/\/[^/]*@/, '//'), isSecret);
  return [scheme, redactedPath, redactQuery(query, isSecret), redactQuery(fragment, isSecret)].join('');
}

function redactPair(pair: string, isSecret: SecretName): string {
  const equals = pair.indexOf('=');
  if (equals === -1) return redactText(pair, isSecret);
  const name = pair.slice(0, equals);
  const value = pair.slice(equals + 1);
  if (value !== '' && isSecret(name)) return `${name}=${REDACTED}`;
  return `${redactText(name, isSecret)}=${redactText(value, isSecret)}`;
}

function redactText(text: string, isSecret: SecretName): string {
  const redacted = redactWebTokens(text);
  if (redacted !== text) return redacted;
  // `?next=https%3A%2F%2Fexample.com%2F%3Ftoken%3D…`: a secret one level down takes the whole value with it.
  const decoded = decode(text);
  const hidden = decoded !== text && redactWebTokens(decoded) !== decoded;
  return hidden || carriesSecret(decoded, isSecret) ? REDACTED : text;
}

// Runs of a token's characters are found first and looked into after, so that the time stays linear in the length.
function redactWebTokens(text: string): string {
  if (!text.includes('eyJ')) return text;
  return text.replace(/[\w.-]+/g, (run) => {
    const start = run.indexOf('eyJ');
    if (start === -1) return run;
    const [header = '', payload = '', signature] = run.slice(start).split('.');
    return header.length >= 16 && payload !== '' && signature !== undefined ? run.slice(0, start) + REDACTED : run;
  });
}

function carriesSecret(text: string, isSecret: SecretName): boolean {
  if (/\/\/[^/?#\s@]*@/.test(text)) return true;
  if (!text.includes('=')) return false;
  return text.split(/[?&;#]/).some((pair) => {
    const equals = pair.indexOf('=');
    return equals > 0 && equals < pair.length - 1 && isSecret(pair.slice(0, equals));
  });
}

function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

// Twice, since a name or an address in a parameter is often encoded twice.
function decode(text: string): string {
  if (!/[%+]/.test(text)) return text;
  try {
    const once = decodeURIComponent(text.replaceAll('+', ' '));
    return once.includes('%') ? decodeURIComponent(once) : once;
  } catch {
    return text.replace(/%([0-7][0-9a-f])/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  }
}
