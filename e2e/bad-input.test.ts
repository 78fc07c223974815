import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connection, type EmbeddedStore, startEmbedded } from './engines/embedded.ts';
import { accessLog } from './support/access-log.ts';
import { available } from './support/available.ts';
import { BIN, type Ended, Program, run } from './support/program.ts';
import { asking } from './support/request.ts';
import { sandbox } from './support/sandbox.ts';

const hasSetpriv = process.getuid?.() !== 0 || available('files that may not be read', ['setpriv']);
const obeysPermissions = process.getuid?.() === 0;

const box = sandbox();
let store: EmbeddedStore;
let occupied: Server;
let port: string;

beforeAll(async () => {
  accessLog(box.path('access.log'), 10);
  writeFileSync(box.path('binary.log'), Buffer.from([0, 1, 2, 0, 255, 10, 0, 7]));
  writeFileSync(box.path('prose.log'), 'This is no log at all.\nNor is this.\n');
  writeFileSync(box.path('private.log'), 'x');
  chmodSync(box.path('private.log'), 0o000);
  mkdirSync(box.path('folder.log'));
  mkdirSync(box.path('forbidden'), { mode: 0o500 });
  occupied = createServer().listen(0, '127.0.0.1');
  store = await startEmbedded();
  port = String((occupied.address() as AddressInfo).port);
});
afterAll(() => occupied.close());

describe('ship, with what it cannot read', () => {
  test.each([
    ['a file that is not there', 'none.log', /there is no file .*none\.log/, 1],
    ['a directory', 'folder.log', /folder\.log is a directory/, 1],
    ['a binary file', 'binary.log', /binary\.log is not a text log/, 1],
    ['a file of no known format', 'prose.log', /no known log format .*prose\.log/, 1],
  ])('%s is one clear line', async (_, file, message, code) => {
    expect(await gatelog('ship', box.path(file))).toEqual(oneLine(message, code));
  });

  test.runIf(hasSetpriv)('a file it may not read is one clear line', async () => {
    const { flags } = connection(store);
    const line = ['ship', box.path('private.log'), ...flags];
    const ended = await run(line, {
      environment: { ...box.environment, ELASTIC_PASSWORD: store.password },
      obeysPermissions,
    });
    expect(ended).toEqual(oneLine(/cannot read .*private\.log: permission denied/, 1));
  });

  test('an empty file is no failure: there is nothing to store yet', async () => {
    writeFileSync(box.path('empty.log'), '');
    expect(await gatelog('ship', box.path('empty.log'))).toMatchObject({ code: 0 });
  });

  test('one file of several is noticed before anything is stored', async () => {
    const ended = await gatelog('ship', box.path('access.log'), box.path('none.log'), '--index', 'half');
    expect(ended).toEqual(oneLine(/there is no file .*none\.log/, 1));
    const ask = asking(store);
    expect(await ask('GET', '/half/_count')).toMatchObject({ status: 404 });
    ask.close();
  });
});

describe('a store that cannot be used', () => {
  test.each(['ship', 'search'])('%s: a wrong password', async (command) => {
    const ended = await runWith(command, {}, { ELASTIC_PASSWORD: 'not-this-one' });
    expect(ended).toEqual(oneLine(/does not accept the credential of user "elastic"/, 1));
  });

  test.each(['ship', 'search'])('%s: a certificate signed by nobody it trusts', async (command) => {
    const other = await startEmbedded();
    const ended = await runWith(command, { cacert: other.caFile });
    expect(ended).toEqual(oneLine(/certificate of .* is not trusted/, 1));
    await other.close();
  });

  test.each([
    ['ship', /did not take the lines|nothing answers/],
    ['search', /nothing answers at https:\/\/localhost:1\b/],
  ])('%s: nobody there', async (command, message) => {
    expect(await runWith(command, { url: 'https://localhost:1' })).toEqual(oneLine(message, 1));
  });

  test('search: an index that does not exist', async () => {
    expect(await gatelog('search', 'x', '--index', 'nowhere')).toEqual(oneLine(/there is no index "nowhere"/, 1));
  });

  test('what the failures left unshipped is shipped when it works, once', async () => {
    expect(await gatelog('ship', box.path('access.log'), '--index', 'after')).toMatchObject({ code: 0 });
    const found = await gatelog('search', '--count', '--index', 'after');
    expect(found.stdout.trim()).toBe('10');
  });
});

describe('a port that is in use', () => {
  test.each([
    ['engine', '--port'],
    ['demo', '--port'],
    ['up', '--port'],
    ['up --demo', '--demo-port'],
  ])('%s says so, and which option chooses another', async (command, option) => {
    const own = sandbox();
    const ports = option === '--demo-port' ? ['--port', '0'] : [];
    const line = [...command.split(' '), ...ports, option, port];
    const ended = await run(line, { environment: own.environment, folder: own.folder });
    expect(ended).toMatchObject(oneLine(new RegExp(`127\\.0\\.0\\.1:${port} is in use.* ${option}\\b`), 1));
  });
});

describe('the engine', () => {
  test.runIf(hasSetpriv)('in a folder it may not write to', async () => {
    const line = ['engine', '--port', '0', '--data', box.path('forbidden')];
    const ended = await run(line, { environment: box.environment, obeysPermissions });
    expect(ended).toEqual(oneLine(/cannot start on .*forbidden: .*permission denied/, 1));
  });

  test('in a folder that another one is using', async () => {
    const line = ['engine', '--port', '0'];
    const ended = await run(line, { environment: store.box.environment });
    expect(ended).toEqual(oneLine(/cannot start on .*: .*/, 1));
  });

  test.each([
    ['half a document', '/bad/_doc', '{"message":', 400],
    ['no JSON at all', '/bad/_search', 'query=x', 400],
    ['an array for an object', '/bad/_search', '[1]', 400],
    ['a bulk with a broken action', '/_bulk', '{"index":\n{"a":1}\n', 400],
    ['a bulk without its last line end', '/bad/_bulk', '{"index":{}}\n{"a":1}', 400],
    ['a query that does not exist', '/_search', '{"query":{"nonsense":{}}}', 400],
    ['ten thousand arrays in each other', '/bad/_doc', `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 400],
    ['a name no index can have', '/Bad%20Name/_doc', '{}', 400],
  ])('answers %s with an error that says what is wrong, and goes on', async (_, path, body, status) => {
    const ask = asking(store);
    const answer = await ask('POST', path, {
      body,
      type: path.endsWith('_bulk') ? 'application/x-ndjson' : 'application/json',
    });
    expect(answer).toMatchObject({
      status,
      body: { status, error: { type: expect.stringMatching(/_exception$/), reason: expect.any(String) } },
    });
    expect(answer.text).not.toMatch(/ at .*\.js:\d+/);
    expect(await ask('GET', '/')).toMatchObject({ status: 200 });
    expect(store.program.stderr).toBe('');
    ask.close();
  });
});

describe('a command used wrongly', () => {
  test.each([
    [['frobnicate'], /unknown command/],
    [['ship'], /missing required argument/],
    [['ship', 'x', '--schema', 'mine'], /must be one of ecs, classic/],
    [['search', 'x', '--url', 'ftp://x'], /must begin with https/],
    [['simulate', '--url', 'http://192.0.2.1'], /is refused as a target/],
    [['engine', '--port', '70000'], /70000/],
    [['search', 'x', '--since', 'yesterdayish'], /yesterdayish/],
    [['ship', 'x', '--cacert', '/nowhere/ca.crt'], /cannot read the certificate authority/],
  ])('gatelog %s is exit code 2 and one clear line', async (line, message) => {
    expect(await run(line, { environment: box.environment })).toEqual(oneLine(message, 2));
  });
});

test('--verbose adds where it comes from', async () => {
  const { code, stderr } = await gatelog('ship', box.path('none.log'), '--verbose');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^gatelog: there is no file .*\n[^]* {4}at /);
});

test('a program whose output nobody reads any more ends quietly', async () => {
  accessLog(box.path('long.log'), 5_000);
  const pipe = `set -o pipefail; "${process.execPath}" "${BIN}" ship --dry-run "${box.path('long.log')}" | head -n 1`;
  const ended = await new Program(['bash', '-c', pipe], { environment: box.environment }).ended;
  expect(ended).toEqual({
    code: 0,
    stdout: expect.stringContaining('/page/0'),
    stderr: expect.not.stringContaining('gatelog: '),
  });
});

/**
 * What a failure must look like: nothing on stdout; on stderr one line that ends with its code, below what
 * was noticed on the way.
 */
function oneLine(message: RegExp, code: number): object {
  return {
    code,
    stdout: '',
    stderr: expect.stringMatching(
      new RegExp(`^(?:(?!gatelog: |\\s).*\\n)*gatelog: .*(?:${message.source}).* \\[GATELOG_[A-Z_]+\\]\\n$`),
    ),
  };
}

function gatelog(...line: string[]): Promise<Ended> {
  const { flags, environment } = connection(store);
  return run([...line, ...flags], { environment: { ...box.environment, ...environment } });
}

interface Changes {
  readonly url?: string;
  readonly cacert?: string;
}

/** `ship` or `search` with something wrong in its connection. */
function runWith(command: string, changes: Changes, more: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const { url = store.url, cacert = store.caFile } = changes;
  const line =
    command === 'ship' ? ['ship', box.path('access.log'), '--index', 'after', '--retry-for', '1s'] : ['search', 'x'];
  const environment = { ...box.environment, ELASTIC_PASSWORD: store.password, ...more };
  return run([...line, '--url', url, '--cacert', cacert], { environment });
}
