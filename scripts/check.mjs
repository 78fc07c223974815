// `npm run check`: everything that can be said about the code without running it. Each step prints one line;
// a step that fails prints what its tool said. The last line counts.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const packages = readdirSync(`${root}/packages`).map((name) => `packages/${name}`);

const steps = [
  ['build', 'node', ['scripts/build.mjs', '--if-stale']],
  ['types', 'tsc', []],
  ['lint', 'oxlint', ['--deny-warnings', '.']],
  ['format', 'oxfmt', ['--check', '.']],
  ['unused files, exports and dependencies', 'knip', []],
  ...packages.map((folder) => [`publint ${folder}`, 'publint', ['--strict', folder]]),
  ...packages.map((folder) => [`attw ${folder}`, 'attw', ['--pack', folder, '--profile', 'esm-only']]),
  ['exports', 'vitest', ['run', '--project', 'packages', 'exports.test']],
  ['paths named in the documents', 'node', ['scripts/check-paths.mjs']],
  ['folders of the engine import downwards', 'node', ['scripts/check-layers.mjs']],
  ['generated documents are fresh', 'node', ['scripts/docs.mjs', '--check']],
];

let failed = 0;
for (const [name, command, args] of steps) {
  const program = command === 'node' ? process.execPath : `${root}/node_modules/.bin/${command}`;
  const result = spawnSync(program, args, { cwd: root, encoding: 'utf8' });
  const passed = result.status === 0;
  if (!passed) failed += 1;
  console.log(`${passed ? 'ok  ' : 'FAIL'}  ${name}`);
  if (!passed) console.log(`${result.stdout}${result.stderr}${result.error?.message ?? ''}`);
}
console.log(`${steps.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
