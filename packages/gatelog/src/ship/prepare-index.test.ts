import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { storeClient } from '../elastic/client.ts';
import { ensureIndex } from './prepare-index.ts';

const unknownType = { error: { type: 'mapper_parsing_exception', reason: 'no type [match_only_text] known here' } };
const alreadyExists = { error: { type: 'resource_already_exists_exception', reason: 'index [i] already exists' } };

test.each([
  ['that exists is left alone', [200], true, []],
  ['nobody may ask about is left alone', [403], true, []],
  ['that is missing is made', [404, 200], false, ['match_only_text']],
  [
    'is made without match_only_text where that is unknown',
    [404, unknownType, 200],
    false,
    ['match_only_text', 'text'],
  ],
  ['that somebody else made in this moment will do', [404, alreadyExists], false, ['match_only_text']],
] as const)('an index %s', async (_, answers, existed, types) => {
  const left: unknown[] = [...answers];
  const made: unknown[] = [];
  const server = createServer(async (request, response) => {
    const text = (await request.toArray()).join('');
    if (text !== '') made.push(/"message":\{"type":"(\w+)"/.exec(text)?.[1]);
    const answer = left.shift();
    response.writeHead(typeof answer === 'number' ? answer : 400);
    response.end(typeof answer === 'number' || request.method === 'HEAD' ? undefined : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const client = storeClient({ url, credential: { who: 'nobody', header: undefined } });
  try {
    expect(await ensureIndex(client, 'i')).toBe(existed);
    expect(made).toEqual(types);
    expect(left).toEqual([]);
  } finally {
    client.close();
    await new Promise((resolve) => server.close(resolve));
  }
});
