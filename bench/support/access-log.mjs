// The documents of the benchmark: an access log of seven days as web servers see them, the same for every run.
// 200 paths by Zipf's law with 2 % of probes for what is not there, 50,000 clients, statuses that follow from the path.

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5);
const PROBES = [
  '/.env',
  '/wp-login.php',
  '/.git/config',
  '/phpmyadmin/',
  '/admin',
  '/backup.zip',
  '/cgi-bin/test',
  '/api/v1/pods',
];
const AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'curl/8.5.0',
  'Mozilla/5.0 (compatible; crawler/2.1)',
];

export const MAPPINGS = {
  properties: {
    '@timestamp': { type: 'date' },
    message: { type: 'text' },
    client: { properties: { ip: { type: 'ip' } } },
    http: {
      properties: {
        request: { properties: { method: { type: 'keyword' } } },
        response: { properties: { status_code: { type: 'long' }, body: { properties: { bytes: { type: 'long' } } } } },
      },
    },
    url: { properties: { path: { type: 'keyword' } } },
    user_agent: { properties: { original: { type: 'keyword' } } },
    log: { properties: { level: { type: 'keyword' } } },
  },
};

/** @yields {string} one document of the log as JSON, in order of time */
export function* documents(count) {
  const random = generator(42);
  for (let i = 0; i < count; i++) yield JSON.stringify(document(i, count, random));
}

function document(i, count, random) {
  const probe = random() < 0.02;
  const path = probe ? PROBES[Math.floor(random() * PROBES.length)] : `/page/${zipf(200, random)}`;
  const method = random() < 0.9 ? 'GET' : 'POST';
  const status = probe ? 404 : random() < 0.01 ? 403 : 200;
  const client = Math.floor(random() * 50_000);
  const level = status === 200 ? 'info' : status === 404 ? 'warning' : 'error';
  return {
    '@timestamp': new Date(START + Math.floor((i * 7 * DAY) / count)).toISOString(),
    message: `${level === 'info' ? 'Authorized' : 'Unauthorized'} - ${method} request - on the page ${path}`,
    client: { ip: `10.${client >> 16}.${(client >> 8) & 255}.${client & 255}` },
    http: { request: { method }, response: { status_code: status, body: { bytes: Math.floor(random() * 20_000) } } },
    url: { path },
    user_agent: { original: AGENTS[Math.floor(random() * AGENTS.length)] },
    log: { level },
  };
}

/** A rank from 1 to n, rank r as likely as 1/r. */
function zipf(n, random) {
  return Math.min(n, Math.floor(Math.exp(random() * Math.log(n + 1))));
}

/** Mulberry32: a small generator of numbers in [0, 1) that is the same everywhere. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
