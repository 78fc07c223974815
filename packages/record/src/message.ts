import { escapeLine, escapeToken } from './escape.ts';
import type { RequestFacts, Verdict } from './event.ts';

// A path can be 16 KB long; the whole of it is in the event, the message is for reading.
const PATH_LIMIT = 256;
const METHOD_LIMIT = 32;

const OPENINGS: Record<Verdict, string> = {
  authorized: 'Authorized',
  tolerated: 'Unauthorized',
  unknown: 'Unauthorized',
  refused: 'Unauthorized',
  failed: 'Failed',
};

/** `Authorized - GET request - on the index page`; `at` where an unauthorised request was let through. */
export function writeMessage(verdict: Verdict, request: RequestFacts): string {
  const method = escapeToken(request.method, METHOD_LIMIT) || '-';
  const preposition = verdict === 'tolerated' ? 'at' : 'on';
  return `${OPENINGS[verdict]} - ${method} request - ${preposition} ${namePlace(verdict, request)}`;
}

function namePlace(verdict: Verdict, { page, route, path }: RequestFacts): string {
  const place = escapeToken(verdict === 'unknown' ? (path ?? '-') : (route ?? path ?? '-'), PATH_LIMIT);
  if (verdict === 'unknown') return `an unknown page ${place}`;
  return page === undefined ? `the page ${place}` : `the ${escapeLine(page)}`;
}
