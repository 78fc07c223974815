import { matchRoute } from './route-pattern.ts';

/** `warn` and `refuse` are both unauthorised: the one is let through, the other answered 403 before the app sees it. */
export type Permission = 'allowed' | 'warn' | 'refuse';

/** What one page allows. */
export interface PageRule {
  /** Its name in the log: `index page`. @default the route pattern */
  page?: string;
  /** Methods that are authorised. HEAD is wherever GET is. @default all */
  methods?: readonly string[];
  /** What happens to any other method. @default 'warn' */
  otherwise?: 'warn' | 'refuse';
}

/**
 * Route patterns and their rules; the first that matches, in the order written, decides. A pattern is a path whose
 * segments may be `:name`, for any one segment, or `*`, for anything that follows: `/users/:id`, `/admin/*`.
 * Letter case, a last slash and percent-encoding do not matter, so that nobody slips past a rule by spelling.
 */
export type PolicyTable = Readonly<Record<string, PageRule>>;

/** Answers for one request; undefined leaves it to the app's router and the status. Must not throw. */
export type PolicyFunction = (method: string, path: string) => PolicyDecision | undefined;

export type Policy = PolicyTable | PolicyFunction;

export interface PolicyDecision {
  permission: Permission;
  route?: string | undefined;
  page?: string | undefined;
}

/**
 * Makes a policy into the question the recorder asks of each request.
 *
 * @throws TypeError when a pattern does not begin with `/` or `*`
 */
export function compilePolicy(policy: Policy): PolicyFunction {
  if (typeof policy === 'function') return policy;
  const entries = Object.entries(policy).map(([route, rule]) => ({ route, rule, matches: matchRoute(route) }));
  return (method, path) => {
    const entry = entries.find(({ matches }) => matches(path));
    if (entry === undefined) return undefined;
    const { route, rule } = entry;
    return { route, page: rule.page, permission: permits(rule, method) };
  };
}

function permits({ methods, otherwise = 'warn' }: PageRule, method: string): Permission {
  if (methods === undefined || methods.includes(method)) return 'allowed';
  return method === 'HEAD' && methods.includes('GET') ? 'allowed' : otherwise;
}
