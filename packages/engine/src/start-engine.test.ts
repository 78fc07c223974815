import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, rootCertificates } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resetPassword } from './security/reset-password.ts';
import { startEngine, type RunningEngine, type StartEngineOptions } from './start-engine.ts';
import { testClient, type TestAnswer } from './rest/client.testing.ts';

let data: string;
let running: RunningEngine | undefined;
beforeEach(() => (data = join(mkdtempSync(join(tmpdir(), 'gatelog-start-')), 'data')));
afterEach(async () => {
  await running?.close();
  running = undefined;
  rmSync(join(data, '..'), { recursive: true });
});

async function start(options: Partial<StartEngineOptions> = {}): Promise<RunningEngine> {
  return (running = await startEngine({ data, port: 0, ...options }));
}

async function root(engine: RunningEngine, password: string): Promise<TestAnswer> {
  const client = testClient(engine, password);
  try {
    return await client.request('GET', '/');
  } finally {
    client.close();
  }
}

describe('the first start', () => {
  it('makes a password and an authority that clients verify', async () => {
    const engine = await start();
    expect(engine.url).toBe(`https://localhost:${engine.port}`);
    expect(engine.password).toMatch(/^[A-Za-z\d]{20}$/);
    expect((await root(engine, engine.password!)).status).toBe(200);
    const fingerprint = new X509Certificate(readFileSync(engine.caFile!)).fingerprint256;
    expect(engine.caFingerprint).toBe(fingerprint.replaceAll(':', '').toLowerCase());
  });

  it('takes the password that it is given and does not repeat it', async () => {
    const engine = await start({ password: 'given to it' });
    expect(engine.password).toBeUndefined();
    expect((await root(engine, 'given to it')).status).toBe(200);
  });

  it('refuses a password that cannot be one before it writes anything', async () => {
    await expect(start({ password: 'x' })).rejects.toMatchObject({ code: 'ENGINE_PASSWORD_INVALID' });
    expect(statSync(data, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('keeps others out of the folder', async () => {
    await start();
    expect(statSync(data).mode & 0o777).toBe(0o700);
    for (const file of ['security.json', 'certs/http.key', 'certs/http_ca.key']) {
      expect(statSync(join(data, file)).mode & 0o777).toBe(0o600);
    }
  });

  it('that fails to listen has not used up the password', async () => {
    const { server, port } = await occupiedPort();
    await expect(start({ port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
      message: `cannot listen on 127.0.0.1:${port}: another program listens there`,
    });
    server.close();
    expect((await start()).password).toBeDefined();
  });
});

describe('a later start', () => {
  it('finds documents, password and certificates as they were', async () => {
    const first = await start();
    const client = testClient(first, first.password!);
    await client.request('PUT', '/kept/_doc/1', { body: '{"a":1}' });
    client.close();
    await first.close();
    const second = await start({ password: 'ignored from now on' });
    expect([second.password, second.caFingerprint]).toEqual([undefined, first.caFingerprint]);
    const again = testClient(second, first.password!);
    expect((await again.request('GET', '/kept/_source/1')).json).toEqual({ a: 1 });
    again.close();
  });

  it('is refused while another engine has the folder', async () => {
    await start();
    await expect(startEngine({ data, port: 0 })).rejects.toMatchObject({ code: 'ENGINE_LOCKED' });
  });

  it('goes by a password that was reset while nothing ran', async () => {
    const first = await start();
    await first.close();
    const password = await resetPassword({ data });
    const second = await start();
    expect((await root(second, first.password!)).status).toBe(401);
    expect((await root(second, password)).status).toBe(200);
  });
});

describe('an index that was damaged while nothing ran', () => {
  it('stops nothing else, is never left out in silence, and can be deleted', async () => {
    const first = await start({ password: 'damage test', insecure: true });
    const before = testClient(first, 'damage test');
    for (const name of ['whole', 'broken']) await before.request('PUT', `/${name}/_doc/1`, { body: '{"a":1}' });
    before.close();
    const folder = join(data, 'indices', first.engine.index('broken')!.uuid);
    await first.close();
    const segment = readdirSync(folder).find((file) => file.endsWith('.segment'))!;
    truncateSync(join(folder, segment), 100);
    const logged: string[] = [];
    const second = await start({ insecure: true, logger: (_, message) => logged.push(message) });
    const client = testClient(second, 'damage test');
    const status = async (method: string, path: string): Promise<number> => (await client.request(method, path)).status;
    expect(second.engine.damaged).toMatchObject([{ name: 'broken' }]);
    expect(logged).toEqual([expect.stringContaining('index [broken] is damaged: ')]);
    expect(await status('GET', '/whole/_search')).toBe(200);
    expect(await status('GET', '/broken/_search')).toBe(503);
    expect(await status('GET', '/_search')).toBe(503);
    expect(await status('GET', '/*/_count')).toBe(503);
    expect(await status('GET', '/broken/_doc/1')).toBe(503);
    expect(await status('PUT', '/broken')).toBe(503);
    expect(await status('GET', '/_search?ignore_unavailable=true')).toBe(200);
    expect((await client.request('GET', '/_cluster/health')).json).toMatchObject({
      status: 'red',
      unassigned_primary_shards: 1,
    });
    expect(await status('DELETE', '/broken')).toBe(200);
    expect(await status('GET', '/_search')).toBe(200);
    expect((await client.request('GET', '/_cluster/health')).json).toMatchObject({ status: 'yellow' });
    client.close();
  });
});

describe('a running engine', () => {
  it('drops the old password at once when it is reset', async () => {
    const engine = await start();
    expect((await root(engine, engine.password!)).status).toBe(200);
    const password = await engine.resetPassword();
    expect((await root(engine, engine.password!)).status).toBe(401);
    expect((await root(engine, password)).status).toBe(200);
  });

  it('asks for the password over plain HTTP too', async () => {
    const engine = await start({ insecure: true });
    expect(engine.url).toBe(`http://localhost:${engine.port}`);
    expect(engine.caFile).toBeUndefined();
    const answer = await fetch(`http://127.0.0.1:${engine.port}/_search`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Basic realm="security", charset="UTF-8"');
    expect(answer.headers.get('x-elastic-product')).toBe('Elasticsearch');
    expect((await root(engine, engine.password!)).status).toBe(200);
  });

  it('is not trusted by those who do not know its authority, and speaks nothing older than TLS 1.2', async () => {
    const engine = await start();
    const strict = connect({
      port: engine.port,
      host: '127.0.0.1',
      servername: 'localhost',
      ca: [...rootCertificates],
    });
    const [untrusted] = (await once(strict, 'error')) as [NodeJS.ErrnoException];
    expect(untrusted.code).toMatch(
      /SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY/,
    );
    const old = connect({
      port: engine.port,
      host: '127.0.0.1',
      ca: readFileSync(engine.caFile!),
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const [outdated] = (await once(old, 'error')) as [NodeJS.ErrnoException];
    expect(outdated.code).toMatch(/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS/);
  });

  it.skipIf(spawnSync('curl', ['--version']).status !== 0)(
    'answers curl --cacert as its own documentation has it',
    async () => {
      const engine = await start({ password: 'for curl' });
      const { spawn } = await import('node:child_process');
      const curl = spawn('curl', [
        '--silent',
        '--cacert',
        engine.caFile!,
        '-u',
        'elastic:for curl',
        '-H',
        'Content-Type: application/json',
        `${engine.url}/my_logs/_doc`,
        '-d',
        '\n{\n  "level": "INFO"\n  // Add other log fields similarly...\n}\n',
      ]);
      let output = '';
      curl.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      await once(curl, 'close');
      expect(JSON.parse(output)).toMatchObject({ _index: 'my_logs', _version: 1, result: 'created', _seq_no: 0 });
    },
  );

  it('lets a request that is being answered finish when it is closed', async () => {
    const engine = await start({ insecure: true, password: 'closing' });
    const client = testClient(engine, 'closing');
    const body = '{"index":{}}\n{"a":1}\n'.repeat(2_000);
    const answer = client.request('POST', '/last/_bulk', { body });
    await engine.close();
    // Either it was there in time and is answered as a whole, or it never was.
    const settled = await answer.catch((error: NodeJS.ErrnoException) => error.code);
    expect(typeof settled === 'string' ? settled : settled?.json).toSatisfy(
      (value) => value === 'ECONNRESET' || value === 'ECONNREFUSED' || (value as { errors: boolean }).errors === false,
    );
    client.close();
  });
});

async function occupiedPort(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}
