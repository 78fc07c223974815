import type { SimulatedRequest } from './profile.ts';
import { pick, type Random } from './random.ts';

const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0',
  'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
];
const ORIGINS = ['', '', 'https://duckduckgo.com/', 'https://www.google.com/', 'https://news.ycombinator.com/'];
const LANGUAGES = ['en-GB,en;q=0.8', 'en-US,en;q=0.9', 'pt-PT,pt;q=0.9,en;q=0.5', 'de-DE,de;q=0.7'];
const ASSETS = ['/favicon.ico', '/static/style.css'];
const CLIENTS = 12;

/** Visits as browsers make them: a first page with what belongs to it, then from page to page, sometimes a form sent. */
export function* visitorRequests(random: Random): Generator<SimulatedRequest, never> {
  for (;;) yield* visit(random);
}

function* visit(random: Random): Generator<SimulatedRequest> {
  const client = `127.0.1.${1 + Math.floor(random() * CLIENTS)}`;
  const browser = { 'user-agent': pick(BROWSERS, random), 'accept-language': pick(LANGUAGES, random) };
  let referrer = pick(ORIGINS, random);
  const request = (method: string, path: string, accept: string): SimulatedRequest => ({
    method,
    path,
    headers: { ...browser, accept, ...(referrer === '' ? {} : { referer: referrer }) },
    client,
  });
  for (let page = 0, last = Math.floor(random() * 5); page <= last; page++) {
    const path = page === 0 || random() < 0.4 ? '/' : '/operation';
    // The one form there is is on the second page; a browser sends it from there.
    const sends = path === '/operation' && referrer.endsWith('/operation') && random() < 0.3;
    yield request(sends ? 'POST' : 'GET', path, 'text/html,application/xhtml+xml,*/*;q=0.8');
    referrer = `{origin}${path}`;
    if (page === 0) for (const asset of ASSETS) yield request('GET', asset, '*/*');
  }
}
