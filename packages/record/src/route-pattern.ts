/**
 * Compiles a route pattern: `/users/:id`, `/admin/*`, `*`.
 *
 * @throws TypeError when the pattern does not begin with `/` or `*`
 */
export function matchRoute(pattern: string): (path: string) => boolean {
  if (!/^[/*]/.test(pattern)) {
    throw new TypeError(`The route pattern "${pattern}" in the policy must begin with "/" or be "*".`);
  }
  const source = normalizePath(pattern)
    .split('/')
    .map((segment) => (/^:\w+$/.test(segment) ? '[^/]+' : segment.split('*').map(escapeRegExp).join('.*')))
    .join('/');
  // `/admin/*` is also `/admin` itself: a rule for a folder that leaves out the folder surprises.
  const expression = new RegExp(`^${source.replace(/\/\.\*$/, '(?:/.*)?')}$`, 'isu');
  return (path) => expression.test(normalizePath(path));
}

/** One spelling of a path: decoded, without doubled or last slashes. What does not decode stays as it is. */
function normalizePath(path: string): string {
  return decode(path)
    .replace(/\/{2,}/g, '/')
    .replace(/(?<=.)\/$/, '');
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
