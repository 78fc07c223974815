import { localTime } from './time.ts';

/** What to find besides the query; every part that is given must fit. */
export interface SearchFilters {
  /** From this moment on, ms since 1970. */
  readonly since?: number;
  /** Before this moment, ms since 1970. */
  readonly until?: number;
  /** `info`, `warning`, `error`: any of them. */
  readonly levels?: readonly string[];
  /** An address, or a network in CIDR notation. */
  readonly ip?: string;
  /** Path of the page, or its name in the policy; `*` stands for anything. */
  readonly path?: string;
  /** `403`, or a class as `4xx`. */
  readonly status?: string;
  readonly method?: string;
}

/** A query of the Elasticsearch query language. */
export type Query = Readonly<Record<string, unknown>>;

/**
 * The filters as queries. Documents of both schemas are found: the ECS fields, or else the classic four, where time
 * and level are keywords, and method and page stand only in the message.
 */
export function filterQueries(filters: SearchFilters): Query[] {
  const { levels = [], ip, path, status, method } = filters;
  const queries: Query[] = [];
  if (filters.since !== undefined || filters.until !== undefined) queries.push(timeQuery(filters));
  if (levels.length > 0) {
    queries.push(
      anyOf(
        { terms: { 'log.level': levels.map((level) => level.toLowerCase()) } },
        { terms: { 'loglevel.keyword': levels.map((level) => level.toUpperCase()) } },
      ),
    );
  }
  if (ip !== undefined) queries.push(anyOf({ term: { 'client.ip': ip } }, { term: { 'ip_address.keyword': ip } }));
  if (path !== undefined) queries.push(pathQuery(path));
  if (status !== undefined) queries.push(statusQuery(status));
  if (method !== undefined) {
    const name = method.toUpperCase();
    queries.push(anyOf({ term: { 'http.request.method': name } }, inMessage(`${name} request`, 'http.request.method')));
  }
  return queries;
}

function timeQuery({ since, until }: SearchFilters): Query {
  const range = (write: (moment: number) => string): Query => ({
    ...(since !== undefined && { gte: write(since) }),
    ...(until !== undefined && { lt: write(until) }),
  });
  return anyOf(
    { range: { '@timestamp': range((moment) => new Date(moment).toISOString()) } },
    { range: { 'timestamp.keyword': range((moment) => localTime(moment, true)) } },
  );
}

function pathQuery(path: string): Query {
  if (path.includes('*')) {
    return anyOf({ wildcard: { 'url.path': { value: path } } }, { wildcard: { 'gatelog.page': { value: path } } });
  }
  return anyOf({ term: { 'url.path': path } }, { term: { 'gatelog.page': path } }, inMessage(path, '@timestamp'));
}

function statusQuery(status: string): Query {
  const [, hundreds] = /^([1-5])xx$/i.exec(status) ?? [];
  if (hundreds === undefined) return { term: { 'http.response.status_code': Number(status) } };
  const from = Number(hundreds) * 100;
  return { range: { 'http.response.status_code': { gte: from, lt: from + 100 } } };
}

// Only where the field of its own is missing: an ECS message may name a page that it only resembles.
function inMessage(phrase: string, unlessField: string): Query {
  return { bool: { must: [{ match_phrase: { message: phrase } }], must_not: [{ exists: { field: unlessField } }] } };
}

function anyOf(...should: readonly Query[]): Query {
  return { bool: { should, minimum_should_match: 1 } };
}
