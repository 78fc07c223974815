/** Syslog's words; an event's `event.severity` is 6, 4 or 3. */
export type Level = 'info' | 'warning' | 'error';

/**
 * What became of a request at the door: `authorized`; `tolerated`, unauthorised but let through; `refused`;
 * `unknown`, no such route; `failed`, the server's own fault.
 */
export type Verdict = 'authorized' | 'tolerated' | 'refused' | 'unknown' | 'failed';

/** ECS `event.outcome`; `unknown` when the client left before there was an answer. */
export type Outcome = 'success' | 'failure' | 'unknown';

/** What the severity rule says of one request. */
export interface Judgement {
  level: Level;
  verdict: Verdict;
  outcome: Outcome;
  /** The classic message: `Unauthorized - POST request - at the index page`. One line, whatever the client sent. */
  message: string;
}

/** What a request and its answer say of themselves, before anyone judges them. */
export interface RequestFacts {
  method: string;
  /** Absent when the connection ended before an answer was begun. */
  status?: number | undefined;
  /** As sent, still percent-encoded, secrets redacted, without the query. */
  path?: string | undefined;
  /** The matched route pattern, `/users/:id`; absent when none matched. */
  route?: string | undefined;
  /** The page's name in the policy: `index page`. */
  page?: string | undefined;
}

/** One request, whoever logged it: the recorder, or a parser of another server's log. */
export interface AccessEvent extends RequestFacts, Judgement {
  /** Milliseconds since 1970 at which the request ended. */
  timestamp: number;
  /** Nanoseconds. */
  duration?: number | undefined;
  /** `1.1` */
  httpVersion?: string | undefined;
  requestBytes?: number | undefined;
  responseBytes?: number | undefined;
  /** Without the question mark, secrets redacted. */
  query?: string | undefined;
  /** The host asked for, without its port. */
  domain?: string | undefined;
  clientIp?: string | undefined;
  userAgent?: string | undefined;
  referrer?: string | undefined;
  userName?: string | undefined;
  /** 32 hexadecimal digits, from `traceparent`. */
  traceId?: string | undefined;
  /** The document's `_id`; given by whoever ships the event. */
  id?: string | undefined;
}
