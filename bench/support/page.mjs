import { cpus, totalmem } from 'node:os';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const page = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));
const heading =
  '# Benchmarks\n\nMade by `npm run bench`, which runs both sides of a comparison in turn on one machine and checks that they answered\nalike. Machines differ: read the ratios.\n';

/** Puts a benchmark's section into docs/benchmarks.md, in place of what stood there under the same title. */
export function writeSection(title, text) {
  const old = existsSync(page) ? readFileSync(page, 'utf8') : heading;
  const [first, ...sections] = old.split(/\n(?=## )/);
  const section = `## ${title}\n\n${machine()}\n\n${text}\n`;
  const others = sections.filter((one) => !one.startsWith(`## ${title}\n`));
  writeFileSync(page, [first, ...others, section].map((one) => one.trimEnd()).join('\n\n') + '\n');
}

function machine() {
  const memory = Math.round(totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  return `${day}, ${cpus().length} × ${cpus()[0].model.trim()}, ${memory} GB, Node ${process.versions.node}.`;
}

export function table(header, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(header), `| --- |${' ---: |'.repeat(header.length - 1)}`, ...rows.map(line)].join('\n');
}
