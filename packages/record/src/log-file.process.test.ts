import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

const PARTS = ['disk', 'walk', 'append-lines', 'log-file'];
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatelog-exit-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const part of PARTS) {
    const source = readFileSync(new URL(`${part}.ts`, import.meta.url), 'utf8');
    const { outputText } = transpileModule(source, {
      compilerOptions: {
        module: ModuleKind.ESNext,
        target: ScriptTarget.ES2022,
        rewriteRelativeImportExtensions: true,
        verbatimModuleSyntax: true,
      },
    });
    writeFileSync(join(folder, `${part}.js`), outputText);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

// Writes lines in bursts and ends the process, one way or another, while the disk is busy.
const PROGRAM = `
import { logFile } from './log-file.js';
const [path, ending, bursts] = process.argv.slice(2);
const log = logFile({ path, maxBytes: 20_000, backups: 99, flushInterval: 1, bufferBytes: 1e7, onError: console.error });
let number = 0;
for (let burst = 0; burst < Number(bursts); burst += 1) {
  for (let index = 0; index < 1000; index += 1) log.write('line ' + number++);
  await new Promise(setImmediate);
}
if (ending === 'exit') process.exit(0);
if (ending === 'throw') setImmediate(() => { throw new Error('on purpose'); });
`;

it.each(['exit', 'throw', 'return'])('has every line on the disk once when the process ends by %s', (ending) => {
  writeFileSync(join(folder, 'program.js'), PROGRAM);
  for (const bursts of [1, 3, 8]) {
    const file = join(folder, `${ending}-${bursts}`, 'app.log');
    const child = spawnSync(process.execPath, [join(folder, 'program.js'), file, ending, String(bursts)]);
    expect(child.status).toBe(ending === 'throw' ? 1 : 0);
    const names = Array.from({ length: 100 }, (_, number) => (number === 0 ? file : `${file}.${number}`));
    const kept = names.toReversed().filter((name) => existsSync(name));
    const lines = kept.flatMap((name) => readFileSync(name, 'utf8').split('\n').slice(0, -1));
    expect(lines).toEqual(Array.from({ length: bursts * 1000 }, (_, number) => `line ${number}`));
  }
});

// Fills the disk (here: a limit of 1,024 bytes a file), makes room by moving the file away, and goes on.
const FULL = `
import { renameSync } from 'node:fs';
import { logFile } from './log-file.js';
const path = process.argv[2];
const log = logFile({ path, maxBytes: 0, backups: 0, flushInterval: 1, bufferBytes: 1e6, onError: () => {} });
for (let number = 10; number < 30; number += 1) log.write(('line ' + number).padEnd(99, '.'));
await log.flush();
const before = log.stats();
renameSync(path, path + '.moved');
await log.flush();
console.log(JSON.stringify([before, log.stats()]));
process.exit();
`;

it.skipIf(process.platform === 'win32')('writes again, whole, the line that a full disk cut short', () => {
  writeFileSync(join(folder, 'full.js'), FULL);
  const file = join(folder, 'full', 'app.log');
  const script = 'ulimit -f 1 && exec "$0" "$@"';
  const child = spawnSync('bash', ['-c', script, process.execPath, join(folder, 'full.js'), file], {
    encoding: 'utf8',
  });
  expect(JSON.parse(child.stdout)).toEqual([
    { written: 10, waiting: 10, dropped: 0 },
    { written: 20, waiting: 0, dropped: 0 },
  ]);
  const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 10}`.padEnd(99, '.'));
  expect(readFileSync(`${file}.moved`, 'utf8')).toBe(`${lines.slice(0, 10).join('\n')}\n${lines[10]?.slice(0, 24)}`);
  expect(readFileSync(file, 'utf8')).toBe(`${lines.slice(10).join('\n')}\n`);
});
