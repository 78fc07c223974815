import { formatClassic, type AccessEvent } from '@gatelog/record';

// The original wrote its lines by hand, each a little differently. Whoever has parsers for that log keeps them.
const SEED_LINES: Readonly<Record<string, string>> = {
  'GET index page': '[INFO] - Authorized - GET request - on the index page - IP:',
  'POST index page': '[WARNING] - Unauthorized - POST request - at the index page - IP: ',
  'PUT index page': '[WARNING] - Unauthorized - PUT request - at the index page - IP: ',
  'GET operation page': '[INFO] -  Authorized - GET request - on operation page - IP:',
  'POST operation page': '[INFO] - Authorized - POST request - on operation page - IP:',
  'PUT operation page': '[ERROR] - Unauthorized - PUT request - on the operation page - IP:',
};

const TIME = '2023-11-14 10:23:01,446'.length;

/** The classic line, written as the original wrote the six requests it knew. */
export function formatSeedLine(event: AccessEvent): string {
  const line = formatClassic(event);
  const text = SEED_LINES[`${event.method} ${event.page}`];
  if (text === undefined || event.verdict === 'failed') return line;
  const ip = line.slice(line.lastIndexOf(' ') + 1);
  return `${line.slice(0, TIME)} - ${text}${ip}`;
}
