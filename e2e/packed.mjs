// Packs the three packages as they would be published, installs the tarballs in an empty folder as a user does, and prints
// the path of the program there:  GATELOG_BIN=$(node e2e/packed.mjs)
// The folder stays: what is printed is to be used. Its name can be given as the argument.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'gatelog-packed-'));
const tarballs = join(folder, 'tarballs');
const app = join(folder, 'app');

mkdirSync(tarballs, { recursive: true });
// Other users must be able to run it: tests do.
mkdirSync(app, { recursive: true });
execFileSync('chmod', ['755', folder]);
run(process.execPath, [join(root, 'scripts/build.mjs'), '--if-stale'], root);
for (const name of ['record', 'engine', 'gatelog']) {
  run('npm', ['pack', '--silent', '--pack-destination', tarballs], join(root, 'packages', name));
}
writeFileSync(join(app, 'package.json'), '{ "private": true }\n');
const files = readdirSync(tarballs).map((file) => join(tarballs, file));
run('npm', ['install', '--silent', '--prefer-offline', '--no-audit', '--no-fund', ...files], app);
console.log(join(app, 'node_modules/gatelog/bin/gatelog.js'));

function run(command, line, cwd) {
  execFileSync(command, line, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}
