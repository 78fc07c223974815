// `npm run bench [name]`: runs the benchmarks named, or all. Each compares with named peers in one run, checks that both
// sides answered alike, and writes its section of docs/benchmarks.md.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const benchmarks = ['engine'];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !benchmarks.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; there are: ${benchmarks.join(', ')}.`);
  process.exit(2);
}

const build = fileURLToPath(new URL('../scripts/build.mjs', import.meta.url));
spawnSync(process.execPath, [build, '--if-stale'], { stdio: 'inherit' });
for (const name of asked.length > 0 ? asked : benchmarks) {
  const file = fileURLToPath(new URL(`${name}.mjs`, import.meta.url));
  const { status } = spawnSync(process.execPath, [file], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
