// Builds the packages. With --if-stale it builds only when a source is newer than the last build,
// so that `npm start` and `npm test` cost nothing when nothing changed.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const stamp = join(root, 'node_modules/.gatelog-built');
const program = join(root, 'packages/gatelog/dist/cli.js');

if (!(process.argv.includes('--if-stale') && isFresh())) build();

function build() {
  for (const name of readdirSync(join(root, 'packages')))
    rmSync(join(root, 'packages', name, 'dist'), { recursive: true, force: true });
  const result = spawnSync(process.execPath, [join(root, 'node_modules/tsdown/dist/run.mjs')], {
    cwd: root,
    stdio: 'inherit',
  });
  if (result.status !== 0) process.exit(result.status ?? 1);
  writeFileSync(stamp, '');
}

function isFresh() {
  if (!existsSync(stamp) || !existsSync(program)) return false;
  const built = statSync(stamp).mtimeMs;
  return newest(join(root, 'packages')) < built;
}

/** Latest modification time, in ms, of the sources and manifests under a folder. */
function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'dist' || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    const time = entry.isDirectory() ? newest(path) : statSync(path).mtimeMs;
    if (time > latest) latest = time;
  }
  return latest;
}
