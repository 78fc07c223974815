// Starts the two sides of a comparison. Both speak TLS and ask for a password, as they do for their users.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const PASSWORD = 'Gate-log_bench';

export async function startEmbedded() {
  const data = mkdtempSync(join(tmpdir(), 'gatelog-bench-'));
  const line = [here('../../packages/gatelog/bin/gatelog.js'), 'engine', '--data', data, '--port', '0', '--json'];
  const started = await start(process.execPath, line, { ELASTIC_PASSWORD: PASSWORD }, /^\{.*"url"/);
  const { url } = JSON.parse(started.line);
  const store = {
    name: 'gatelog engine',
    url,
    user: 'elastic',
    password: PASSWORD,
    caFile: join(data, 'certs/http_ca.crt'),
  };
  const close = async () => {
    await started.stop();
    rmSync(data, { recursive: true, force: true });
  };
  return { ...store, data, pid: started.pid, close };
}

/** OpenSearch with a heap of 1 GB and Java's full compiler, which its script leaves out when it only serves tests. */
export async function startOpenSearch() {
  const line = [here('../../e2e/engines/start.sh'), 'opensearch', '--heap', '1g', '--password', PASSWORD];
  const started = await start('bash', line, { ENGINE_TIER: '4' }, /^READY /);
  const { url, user, caFile, pid, version, data } = JSON.parse(started.line.slice('READY '.length));
  return { name: 'OpenSearch', url, user, password: PASSWORD, caFile, version, data, pid, close: started.stop };
}

/** Resolves with the first line of standard output that fits; rejects when the process ends before. */
function start(command, line, environment, wanted) {
  const child = spawn(command, line, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return new Promise((resolve, reject) => {
    createInterface(child.stdout).on('line', (text) => {
      if (wanted.test(text)) resolve({ line: text, pid: child.pid, stop });
    });
    child.once('exit', (code) => reject(new Error(`${command} ended with ${code} before it was ready`)));
  });
}
