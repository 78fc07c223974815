import type { StoreClient } from '../elastic/client.ts';
import { isPassingStatus } from '../elastic/failure.ts';
import { describeError, reasonOfRejection } from '../elastic/rejection.ts';
import { retry, type RetryOptions } from './retry.ts';

/** One document to store. */
export interface BulkItem {
  readonly id: string;
  readonly document: unknown;
  /** Id of an earlier version of the same line, to be deleted: it was stored before it had its line end. */
  readonly replaces?: string;
}

/** What became of the items of one batch: every item is in exactly one of them. */
export interface BulkOutcome {
  readonly created: number;
  /** Ids that existed before: the line was shipped already. */
  readonly alreadyThere: number;
  readonly rejected: readonly { readonly item: BulkItem; readonly reason: string }[];
}

export interface BulkTarget {
  readonly client: StoreClient;
  readonly index: string;
  /** Aborts a request that is under way. */
  readonly signal: AbortSignal;
}

const TIMEOUT = 60_000;

interface Answered {
  readonly status: number;
  readonly reason: string;
}

/**
 * Stores documents under their ids with `_bulk` and `create`, and stays with it until each was created, was there
 * already, or was rejected for good. What the store cannot take now (429, 5xx, no answer) is sent again after a pause,
 * those items alone; a body too large for it (413) is sent in halves.
 * Throws what `retry` throws, and GATELOG_STORE_… for whole requests that will never succeed.
 */
export async function storeBatch(
  items: readonly BulkItem[],
  target: BulkTarget,
  retrying: RetryOptions,
): Promise<BulkOutcome> {
  let created = 0;
  let alreadyThere = 0;
  const rejected: { item: BulkItem; reason: string }[] = [];
  let waiting = items;
  const settle = (item: BulkItem, { status, reason }: Answered): void => {
    if (status < 300) created += 1;
    else if (status === 409) alreadyThere += 1;
    else rejected.push({ item, reason });
  };
  await retry(async () => {
    const answers = await sendItems(waiting, target);
    const passing: Answered[] = [];
    const next = waiting.filter((item) => {
      const answer = answers.get(item) ?? { status: 503, reason: 'the store left it out of its answer' };
      if (isPassingStatus(answer.status)) return passing.push(answer);
      settle(item, answer);
      return false;
    });
    const progress = next.length < waiting.length;
    waiting = next;
    return passing[0] ? { notYet: passing[0].reason, progress } : 'done';
  }, retrying);
  return { created, alreadyThere, rejected };
}

async function sendItems(items: readonly BulkItem[], target: BulkTarget): Promise<Map<BulkItem, Answered>> {
  if (items.length === 0) return new Map();
  const { client, index, signal } = target;
  const path = `/${encodeURIComponent(index)}/_bulk`;
  const ndjson = items.map(actionLines).join('');
  const answer = await client.request({ method: 'POST', path, ndjson, timeout: TIMEOUT, signal, accept: [413], index });
  if (answer.status !== 413) return readAnswers(items, answer.body);
  const [only] = items;
  if (only && items.length === 1) return new Map([[only, { status: 413, reason: reasonOfRejection(answer) }]]);
  const half = items.length >> 1;
  const first = await sendItems(items.slice(0, half), target);
  const second = await sendItems(items.slice(half), target);
  return new Map([...first, ...second]);
}

// The deletion goes first: if the request is cut in between, the next attempt does both again.
function actionLines({ id, document, replaces }: BulkItem): string {
  const deletion = replaces === undefined ? '' : `{"delete":{"_id":${JSON.stringify(replaces)}}}\n`;
  return `${deletion}{"create":{"_id":${JSON.stringify(id)}}}\n${JSON.stringify(document)}\n`;
}

// The store answers items in the order they were sent; deletions are answered too and say nothing of interest.
function readAnswers(items: readonly BulkItem[], body: unknown): Map<BulkItem, Answered> {
  const answered = field(body, 'items');
  const creations = Array.isArray(answered) ? answered.map((entry) => field(entry, 'create')).filter(Boolean) : [];
  const answers = new Map<BulkItem, Answered>();
  items.forEach((item, position) => {
    const creation = creations[position];
    const status = field(creation, 'status');
    if (typeof status !== 'number') return;
    answers.set(item, { status, reason: describeError(field(creation, 'error')) ?? `status ${status}` });
  });
  return answers;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
