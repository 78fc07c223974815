import { type AccessEvent, judge, readTarget, redactUrl, secretNames } from '@gatelog/record';
import { unescapeField } from './escaped-field.ts';
import type { LogFormat } from './format.ts';

/**
 * The access log that nginx and Apache write unless told otherwise, and Apache's shorter `common` one.
 * https://nginx.org/en/docs/http/ngx_http_log_module.html, https://httpd.apache.org/docs/2.4/logs.html#accesslog
 */
export const combined: LogFormat = {
  name: 'combined',
  description: 'nginx or Apache, combined or common',
  parse: (line) => {
    const [, client, user, time, request, status, bytes, referrer, agent] = LINE.exec(line) ?? [];
    if (client === undefined || request === undefined) {
      return { reason: 'not a combined line: CLIENT - USER [TIME] "REQUEST" STATUS BYTES "REFERRER" "AGENT"' };
    }
    const timestamp = readTime(time ?? '');
    if (timestamp === undefined) return { reason: `the time "${time}" does not exist` };
    const event: AccessEvent = {
      timestamp,
      clientIp: present(client),
      userName: readField(user),
      responseBytes: readNumber(bytes),
      referrer: readReferrer(referrer),
      userAgent: readField(agent),
      ...describeRequest(request, readNumber(status)),
    };
    return { event };
  },
};

// Every part ends where its own delimiter stands, so the time stays linear in the length whatever the line holds.
// What may follow the agent (nginx: "$http_x_forwarded_for", times) is left alone; some servers cut a long agent off
// with its closing quote, and the request before it is no less true.
const FIELD = String.raw`"((?:[^"\\]|\\.)*)`;
const LINE = new RegExp(
  String.raw`^(\S+) \S+ ([^[]+) \[([^\]]*)\] ${FIELD}" (\d{3}|-) (\d+|-)(?: ${FIELD}" ${FIELD}(?:"(?: .*)?)?)?\s*$`,
);
const TIME = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const REQUEST = /^([A-Za-z!#$%&'*+.^_`|~-]{1,32}) (\S.*?)(?: HTTP\/(\d(?:\.\d)?))?$/;

const isSecret = secretNames();

type Described = Pick<
  AccessEvent,
  'method' | 'path' | 'query' | 'domain' | 'httpVersion' | 'status' | 'level' | 'verdict' | 'outcome' | 'message'
>;

/** The request line's parts, judged by the status as the recorder judges a request of a foreign log. */
function describeRequest(line: string, status: number | undefined): Described {
  const text = readField(line);
  const [, method, target, httpVersion] = REQUEST.exec(text ?? '') ?? [];
  if (method !== undefined && target !== undefined) {
    const { path, query, domain } = readTarget(target, isSecret);
    const facts = { method, path, status };
    return { ...facts, ...judge(facts), query, domain, httpVersion };
  }
  // A TLS greeting, a probe of another protocol: it hit no page. A connection that sent nothing (408) is no probe.
  const facts = { method: '-', path: text, status };
  return { ...facts, ...judge(text === undefined ? facts : { ...facts, known: false }) };
}

function readTime(text: string): number | undefined {
  const [, day, name = '', year, hour, minute, second, sign, offsetHours, offsetMinutes] = TIME.exec(text) ?? [];
  const month = MONTHS.indexOf(name);
  if (month < 0) return undefined;
  const utc = Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second));
  // `Date.UTC` makes the 31st of February a day in March, and 25 o'clock one of tomorrow.
  if (new Date(utc).getUTCDate() !== Number(day) || Number(minute) > 59 || Number(second) > 60) return undefined;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
  return sign === '-' ? utc + offset : utc - offset;
}

function readReferrer(text: string | undefined): string | undefined {
  const referrer = readField(text);
  return referrer === undefined ? undefined : redactUrl(referrer, isSecret);
}

function readField(text: string | undefined): string | undefined {
  return present(text === undefined ? undefined : unescapeField(text));
}

function readNumber(text: string | undefined): number | undefined {
  return text === undefined || text === '-' ? undefined : Number(text);
}

function present(text: string | undefined): string | undefined {
  return text === undefined || text === '' || text === '-' ? undefined : text;
}
