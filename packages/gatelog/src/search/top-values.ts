import type { StoreAnswer } from '../elastic/client.ts';
import { GatelogError } from '../errors/gatelog-error.ts';
import { ask, buildQuery, type SearchOptions } from './search.ts';

/** A value of a field and how many documents have it. */
export interface TopValue {
  readonly value: string;
  readonly count: number;
}

/** Words people say for fields. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  agent: 'user_agent.original',
  ip: 'client.ip',
  level: 'log.level',
  method: 'http.request.method',
  page: 'gatelog.page',
  path: 'url.path',
  status: 'http.response.status_code',
};

/** Where documents of the classic schema keep the same thing. */
const CLASSIC_FIELDS: Readonly<Record<string, string>> = {
  'client.ip': 'ip_address.keyword',
  'source.ip': 'ip_address.keyword',
  'log.level': 'loglevel.keyword',
};

/**
 * The most frequent values of a field over the documents found, and the store's own answer. A text field is counted by
 * its `.keyword`. Throws like `searchDocuments`.
 */
export async function topValues(
  options: SearchOptions,
  field: string,
): Promise<{ readonly answer: StoreAnswer; readonly values: readonly TopValue[] }> {
  const name = SHORT_NAMES[field] ?? field;
  const answer = await aggregate(options, name).catch((error: unknown) => {
    if (isTextField(error)) return aggregate(options, `${name}.keyword`);
    throw error;
  });
  const values = [...bucketsOf(answer.body, 'by'), ...bucketsOf(answer.body, 'by_classic')];
  return { answer, values: values.toSorted((one, other) => other.count - one.count).slice(0, options.size ?? 10) };
}

function aggregate(options: SearchOptions, field: string): Promise<StoreAnswer> {
  const { size = 10 } = options;
  const classic = CLASSIC_FIELDS[field];
  const aggs = {
    by: { terms: { field, size } },
    ...(classic !== undefined && { by_classic: { terms: { field: classic, size } } }),
  };
  return ask(options, '_search', { query: buildQuery(options), size: 0, track_total_hits: true, aggs });
}

function isTextField(error: unknown): boolean {
  return (
    error instanceof GatelogError &&
    error.details['status'] === 400 &&
    /fielddata|text fields are not optimi[sz]ed|not supported for aggregation/i.test(String(error.details['reason']))
  );
}

function bucketsOf(body: unknown, name: string): TopValue[] {
  const buckets = property(property(property(body, 'aggregations'), name), 'buckets');
  if (!Array.isArray(buckets)) return [];
  return buckets.map((bucket) => ({
    value: String(property(bucket, 'key_as_string') ?? property(bucket, 'key')),
    count: Number(property(bucket, 'doc_count')),
  }));
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
