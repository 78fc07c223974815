// Writes the documents that are made from the code's own tables: docs/commands.md, docs/errors.md, docs/api.md and
// the table of commands in README.md. With --check it writes nothing and fails when one of them is out of date.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describeApi } from '../packages/engine/dist/index.js';
import { describeCommands, ERRORS } from '../packages/gatelog/dist/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const commands = describeCommands();

const pages = {
  'docs/commands.md': commandsPage(),
  'docs/errors.md': errorsPage(),
  'docs/api.md': apiPage(),
  'README.md': between(readFileSync(`${root}README.md`, 'utf8'), 'commands', commandTable()),
};

if (process.argv.includes('--check')) check();
else write();

function write() {
  mkdirSync(`${root}docs`, { recursive: true });
  for (const [file, text] of Object.entries(pages)) writeFileSync(root + file, text);
}

function check() {
  const stale = Object.entries(pages).filter(([file, text]) => read(file) !== text);
  for (const [file] of stale) console.log(`${file} is out of date: run npm run docs`);
  process.exit(stale.length === 0 ? 0 : 1);
}

function read(file) {
  try {
    return readFileSync(root + file, 'utf8');
  } catch {
    return undefined;
  }
}

function commandTable() {
  return rows(
    ['command', 'does'],
    commands.map(({ name, summary }) => [`\`${name}\``, summary]),
  );
}

function commandsPage() {
  return [
    '# Commands',
    'Made from the program by `npm run docs`. Every option can also be set in `gatelog.yaml` under its long name.',
  ]
    .concat(commands.flatMap((command) => commandSection(command, '')))
    .join('\n\n')
    .concat('\n');
}

function commandSection(command, parent) {
  const name = `${parent}${command.name}`;
  const usage = ['gatelog', name, ...command.arguments.map(placeholder)].join(' ');
  return [
    `## ${name}`,
    `\`${usage}\``,
    command.description,
    rows(['option', 'does', 'default', 'environment'], command.options.map(optionRow)),
    ...(command.examples.length > 0
      ? [
          rows(
            ['example', 'does'],
            command.examples.map(([line, does]) => [`\`${line}\``, does]),
          ),
        ]
      : []),
    ...command.subcommands.flatMap((subcommand) => commandSection(subcommand, `${name} `)),
  ];
}

function placeholder({ name, required, variadic }) {
  const text = variadic ? `${name}...` : name;
  return required ? `<${text}>` : `[${text}]`;
}

function optionRow({ flags, description, choices, default: value, defaultDescription, environment }) {
  const does = choices ? `${description} (${choices.join(', ')})` : description;
  return [
    `\`${flags}\``,
    does,
    value === undefined ? (defaultDescription ?? '') : `\`${value}\``,
    environment ? `\`${environment}\`` : '',
  ];
}

function errorsPage() {
  const table = Object.entries(ERRORS).map(([code, entry]) => [
    `\`${code}\``,
    entry.message,
    entry.advice,
    String(entry.exitCode),
  ]);
  return `# Errors\n\nMade from the program by \`npm run docs\`. Exit code 1: the work failed; 2: the command was used wrongly.\n\n${rows(
    ['code', 'what happened', 'what to do', 'exit code'],
    table,
  )}\n`;
}

function apiPage() {
  const { routes, queries, aggregations, fieldTypes } = describeApi();
  const list = (names) => names.map((name) => `\`${name}\``).join(' · ');
  return `${[
    '# The embedded engine’s API',
    'Made from the engine’s own tables by `npm run docs`. Semantics, answers and errors are those of Elasticsearch 8.11; what is not listed is refused with an error that names it.',
    rows(
      ['method', 'path', 'API'],
      routes.map(({ method, path, name }) => [method, `\`${path}\``, name]),
    ),
    `**Queries:** ${list(queries)}`,
    `**Aggregations:** ${list(aggregations)}`,
    `**Field types:** ${list(fieldTypes)}`,
  ].join('\n\n')}\n`;
}

function rows(header, body) {
  const cell = (text) => text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(header), `|${' --- |'.repeat(header.length)}`, ...body.map(line)].join('\n');
}

/** The text with what stands between `<!-- name -->` and `<!-- /name -->` replaced. */
function between(text, name, content) {
  const start = `<!-- ${name} -->`;
  const end = `<!-- /${name} -->`;
  const [before, rest] = text.split(start);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`README.md lacks ${start} … ${end}`);
  return `${before}${start}\n\n${content}\n\n${end}${after}`;
}
