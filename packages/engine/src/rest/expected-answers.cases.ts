import { expect } from 'vitest';

/** A request line, its body, the status, and what the answer contains. */
export type Row = readonly [line: string, body: string | undefined, status: number, answer: unknown];

export const failure = (type: string, reason: unknown, details: object = {}): unknown => ({
  error: { root_cause: [{ type, reason, ...details }], type, reason, ...details },
});
export const unsupported = (what: string): unknown =>
  failure('illegal_argument_exception', `${what} is not supported by the embedded engine`);
export const absent = (index: string): unknown =>
  failure('index_not_found_exception', `no such index [${index}]`, {
    'resource.type': 'index_or_alias',
    'resource.id': index,
    index_uuid: '_na_',
    index,
  });
export const refused = (type: string, reason: string): unknown => failure(type, reason);
export const text = (part: string): unknown => expect.stringContaining(part);
