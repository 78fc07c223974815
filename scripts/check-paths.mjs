// A path in a document that does not exist is a lie that nobody notices: every `path/like/this` in backticks must be there.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const documents = ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'README.md'];
const path = /`((?:packages|e2e|bench|examples|docs|scripts|\.ci)\/[\w./@-]*)`/g;

const missing = documents.flatMap((document) =>
  [...readFileSync(root + document, 'utf8').matchAll(path)]
    .map((match) => match[1])
    .filter((named) => !existsSync(root + named))
    .map((named) => `${document} names ${named}, which does not exist`),
);
for (const line of missing) console.log(line);
process.exit(missing.length === 0 ? 0 : 1);
