// ARCHITECTURE.md lists the engine's folders from top to bottom and says that each imports only from those below it.
// Here that is held to: tests aside, an import that goes up, or into a folder that is not listed, is an error.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = 'packages/engine/src';
const listed = readFileSync(`${root}ARCHITECTURE.md`, 'utf8').matchAll(/^\| `packages\/engine\/src\/(\w+)`/gm);
const layers = [...listed].map((match) => match[1]);

const problems = readdirSync(root + source, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) =>
    layers.includes(name) ? upwardImports(name) : [`${source}/${name} is not in ARCHITECTURE.md`],
  );
for (const problem of problems) console.log(problem);
process.exit(problems.length === 0 ? 0 : 1);

function upwardImports(layer) {
  const files = readdirSync(`${root}${source}/${layer}`, { recursive: true });
  const checked = files.filter((file) => file.endsWith('.ts') && !/\.(test|testing|contract|cases)\.ts$/.test(file));
  return checked.flatMap((file) => {
    const text = readFileSync(`${root}${source}/${layer}/${file}`, 'utf8');
    const imported = [...text.matchAll(/from '(?:\.\.\/)+(\w+)\/[^']+'/g)].map((match) => match[1]);
    const upward = imported.filter((other) => layers.includes(other) && layers.indexOf(other) < layers.indexOf(layer));
    return upward.map((other) => `${source}/${layer}/${file} imports from ${other}, which is above it`);
  });
}
