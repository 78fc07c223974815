import type { PolicyDecision } from '@gatelog/record';

/** What the demo answers: the answers of a Flask app with these two pages. */
export interface DemoAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface DemoPage {
  readonly page: string;
  /** Answer to each method; the others are refused. */
  readonly answers: Readonly<Record<string, string>>;
  /** Methods that are unauthorised, and what becomes of them. */
  readonly unauthorized: Readonly<Record<string, 'warn' | 'refuse'>>;
}

const GREETING = 'Hello, World!';

// The spelling of the answers is the original's.
const PAGES: ReadonlyMap<string, DemoPage> = new Map([
  [
    '/',
    {
      page: 'index page',
      answers: { GET: GREETING, HEAD: GREETING, POST: GREETING, PUT: GREETING },
      unauthorized: { POST: 'warn', PUT: 'warn' },
    },
  ],
  [
    '/operation',
    {
      page: 'operation page',
      answers: {
        GET: 'Other Page sucessful GET request',
        HEAD: 'Other Page sucessful GET request',
        POST: 'Other Page Successful POST request',
      },
      unauthorized: { PUT: 'refuse' },
    },
  ],
]);

const ALLOW = 'GET, HEAD, OPTIONS, POST, PUT';

/** The demo's policy, as the recorder asks for it. Unknown paths are nobody's. */
export function decideDemo(method: string, path: string): PolicyDecision | undefined {
  const route = decodePath(path);
  const found = PAGES.get(route);
  if (found === undefined) return undefined;
  return { route, page: found.page, permission: found.unauthorized[method] ?? 'allowed' };
}

/** The answer to a request that the policy lets through. `path` is as sent, without its query. */
export function answerDemo(method: string, path: string): DemoAnswer {
  const found = PAGES.get(decodePath(path));
  if (found === undefined) return errorPage(404, 'Not Found', 'The requested URL was not found on the server.');
  if (method === 'OPTIONS') return { status: 200, body: '', headers: { allow: ALLOW } };
  const body = Object.hasOwn(found.answers, method) ? found.answers[method] : undefined;
  if (body !== undefined) return { status: 200, body };
  const text = 'The method is not allowed for the requested URL.';
  return { ...errorPage(405, 'Method Not Allowed', text), headers: { allow: ALLOW } };
}

function errorPage(status: number, title: string, text: string): DemoAnswer {
  const head = `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n`;
  return { status, body: `${head}<h1>${title}</h1>\n<p>${text}</p>\n` };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
