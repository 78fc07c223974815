import { chmodSync, mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeCertificates } from '../elastic/certificates.testing.ts';
import { DOCTOR } from '../commands/doctor.ts';
import { lockStateFolder } from '../ship/state-lock.ts';
import { resolveSettings } from '../settings/resolve.ts';
import type { Value } from '../settings/values.ts';
import { checkCertificates } from './certificates.ts';
import type { Finding } from './check.ts';
import { runDoctor } from './command.ts';
import { checkLogs } from './logs.ts';
import { checkFolder, checkNode } from './machine.ts';
import { checkDemoPort } from './ports.ts';
import { checkState } from './state.ts';
import { checkClock } from './store.ts';

const servers: Server[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done)))));

describe('doctor', () => {
  test('finds nothing wrong with a healthy chain, and ends with 0', async () => {
    const store = await serve((_, response) => response.end(JSON.stringify({ version: { number: '8.11.1' } })));
    const home = temporary();
    const log = join(home, 'app.log');
    writeFileSync(log, 'a line\n');
    const { code, findings } = await doctor({ url: `http://127.0.0.1:${store}`, log: [log] }, home);
    expect(findings.filter(({ status, check }) => status === 'fail' && check !== 'disk')).toEqual([]);
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'store', found: expect.stringContaining('Elasticsearch 8.11.1') as string }),
    );
    // The disk of the machine that runs this test may really be full.
    expect(code).toBe(findings.some(({ status }) => status === 'fail') ? 1 : 0);
  });

  test('says what to do about each thing that is wrong, and ends with 1', async () => {
    const store = await serve((_, response) => response.writeHead(401).end('{}'));
    const home = temporary();
    const { code, findings } = await doctor({ url: `http://127.0.0.1:${store}`, log: [join(home, 'no.log')] }, home);
    expect(code).toBe(1);
    for (const check of ['store', 'log']) {
      const finding = findings.find((candidate) => candidate.check === check);
      expect(finding).toMatchObject({ status: 'fail', advice: expect.stringMatching(/\w.*\.$/) as string });
    }
  });
});

test.each([
  ['20.19.0', 'ok'],
  ['24.1.0', 'ok'],
  ['18.20.0', 'fail'],
])('node %s: %s', async (version, status) => {
  expect(await checkNode(version)).toMatchObject([{ status }]);
});

describe('the port of the demo', () => {
  test('is fine when free', async () => {
    const port = await serve(() => {});
    await new Promise((done) => servers.pop()?.close(done));
    expect(await checkDemoPort(port)).toMatchObject([
      { status: 'ok', found: expect.stringContaining('free') as string },
    ]);
  });

  test('is fine when the demo itself answers there', async () => {
    expect(await checkDemoPort(await serve((_, response) => response.end('Hello, World!')))).toMatchObject([
      { status: 'ok', found: 'the demo server answers there' },
    ]);
  });

  test('is a warning when somebody else does', async () => {
    expect(await checkDemoPort(await serve((_, response) => response.end('other')))).toMatchObject([
      { status: 'warn' },
    ]);
  });
});

describe('certificates', () => {
  const data = temporary();
  const certificates = join(data, 'certs');
  mkdirSync(certificates);
  const key = join(certificates, 'http.key');
  const day = 86_400_000;

  beforeAll(async () => {
    const made = await makeCertificates();
    writeFileSync(key, made.key);
    writeFileSync(join(certificates, 'http.crt'), made.chain);
  });

  test.each([
    ['ok', 0],
    ['warn', 805],
    ['fail', 826],
  ])('are %s after %i of their 825 days', async (status, days) => {
    chmodSync(key, 0o600);
    const findings = await checkCertificates(data, Date.now() + days * day);
    expect(findings.find(({ found }) => found.includes('http.crt'))?.status).toBe(status);
    expect(findings.find(({ found }) => found.includes('http.key'))?.status).toBe('ok');
  });

  test('fail when others may read a key', async () => {
    chmodSync(key, 0o644);
    const findings = await checkCertificates(data);
    expect(findings).toContainEqual(expect.objectContaining({ status: 'fail', advice: `Run "chmod 600 ${key}".` }));
  });

  test('are nothing to worry about before there is an engine', async () => {
    expect(await checkCertificates(temporary())).toMatchObject([{ status: 'ok' }]);
  });
});

describe('logs', () => {
  test.each<[string, string, Finding['status']]>([
    ['fresh.log', 'line\n', 'ok'],
    ['empty.log', '', 'warn'],
    ['old.log', 'line\n', 'warn'],
  ])('%s', async (name, content, status) => {
    const file = join(temporary(), name);
    writeFileSync(file, content);
    if (name === 'old.log') utimesSync(file, 1, 1);
    expect(await checkLogs([file])).toMatchObject([{ status }]);
  });

  test.each(['missing.log', '*.log', ''])('"%s" fails where there is none', async (name) => {
    expect(await checkLogs([join(temporary(), name)])).toMatchObject([{ status: 'fail' }]);
  });
});

test.each<[string, number, Finding['status']]>([
  ['agree', 0, 'ok'],
  ['are 20 seconds apart', 20_000, 'warn'],
  ['are an hour apart', -3_600_000, 'fail'],
])('clocks that %s', async (_, offset, status) => {
  const port = await serve((_request, response) => response.end());
  expect(await checkClock(new URL(`http://127.0.0.1:${port}`), () => Date.now() + offset)).toMatchObject([{ status }]);
});

test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
  'a folder without permission fails (skipped for root, who may write everywhere)',
  async () => {
    const folder = temporary();
    chmodSync(folder, 0o500);
    expect(await checkFolder('state', join(folder, 'below'), '--state')).toMatchObject([{ status: 'fail' }]);
  },
);

test('a folder below a file fails', async () => {
  const file = join(temporary(), 'file');
  writeFileSync(file, '');
  expect(await checkFolder('state', join(file, 'below'), '--state')).toMatchObject([{ status: 'fail' }]);
});

test('a state folder that a shipper uses says so, until that shipper is gone', async () => {
  const folder = temporary();
  const unlock = await lockStateFolder(folder);
  expect(await checkState(folder)).toMatchObject([
    { status: 'ok' },
    { found: expect.stringContaining(`process ${process.pid} `) as string },
  ]);
  await unlock();
  expect(await checkState(folder)).toHaveLength(1);
  writeFileSync(join(folder, 'lock'), '{"pid":999999999,"started":""}');
  expect(await checkState(folder)).toHaveLength(1);
});

function temporary(): string {
  return mkdtempSync(join(tmpdir(), 'gatelog-doctor-'));
}

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function doctor(given: Record<string, Value>, home: string): Promise<{ code: number; findings: Finding[] }> {
  let text = '';
  const stdout = new Writable({
    write: (chunk: Buffer, _, done) => {
      text += chunk.toString();
      done();
    },
  });
  const environment = { XDG_DATA_HOME: home, XDG_STATE_HOME: home };
  const flags = new Map<string, Value>([...Object.entries(given), ['json', true], ['demo-port', 0]]);
  const settings = resolveSettings({ options: DOCTOR.options, flags, environment, file: undefined, command: 'doctor' });
  const { signal } = new AbortController();
  const code = await runDoctor({ positionals: [], settings, signal, environment, stdout, stderr: stdout });
  const { findings } = JSON.parse(text) as { findings: Finding[] };
  return { code: Number(code), findings };
}
