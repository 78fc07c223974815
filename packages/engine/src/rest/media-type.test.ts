import { describe, expect, it } from 'vitest';
import { mediaTypes } from './media-type.ts';

const VENDOR = 'application/vnd.elasticsearch+';

describe('media types', () => {
  it.each([
    ['application/json', 'application/json', 'application/json'],
    ['application/json; charset=utf-8', '*/*', 'application/json'],
    ['application/x-ndjson', undefined, 'application/json'],
    ['Application/JSON', 'text/html', 'application/json'],
    ['application/json', `${VENDOR}json; compatible-with=8,text/plain`, `${VENDOR}json;compatible-with=8`],
    ['application/json', 'application/yaml, application/json', 'application/json'],
    [`${VENDOR}json; compatible-with=8`, `${VENDOR}json; compatible-with=8`, `${VENDOR}json;compatible-with=8`],
    [`${VENDOR}x-ndjson;compatible-with=7`, `${VENDOR}json;compatible-with=7`, `${VENDOR}json;compatible-with=7`],
    [`${VENDOR}json; compatible-with=9`, `${VENDOR}json; compatible-with=9`, `${VENDOR}json;compatible-with=9`],
  ])('%s with Accept %s is answered as %s', (contentType, accept, answer) => {
    const headers = { 'content-type': contentType, ...(accept !== undefined && { accept }) };
    expect(mediaTypes(headers, true).answer).toBe(answer);
  });

  it.each([
    [{ 'content-type': 'text/plain' }, 406, 'Content-Type header [text/plain] is not supported'],
    [{}, 406, 'Content-Type header [] is not supported'],
    [{ 'content-type': 'application/yaml' }, 406, 'Content-Type header [application/yaml] is not supported'],
    [
      { 'content-type': 'application/json', accept: 'application/cbor' },
      406,
      'Accept header [application/cbor] is not supported',
    ],
    [
      { 'content-type': `${VENDOR}json; compatible-with=6` },
      400,
      'Invalid media-type value on headers [Accept, Content-Type]',
    ],
  ])('%j is refused', (headers, status, message) => {
    expect(() => mediaTypes(headers, true)).toThrow(expect.objectContaining({ status, message }));
  });

  it('are of no concern to a request without a body', () => {
    expect(mediaTypes({ 'content-type': 'text/plain' }, false).answer).toBe('application/json');
  });
});
