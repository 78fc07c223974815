import type { CommandContext, CommandRunner } from '../commands/specification.ts';
import { connectToStore } from '../elastic/connection.ts';
import { gatelogError } from '../errors/gatelog-error.ts';
import { escapeForTerminal, escapeJson } from '../output/escape.ts';
import { writeText } from '../output/write.ts';
import { csvText, documentTable, ndjsonText, valueTable } from './print.ts';
import { readSearchSettings } from './read-settings.ts';
import { hitsOf } from './hits.ts';
import { countDocuments, searchDocuments, type SearchOptions } from './search.ts';
import { topValues } from './top-values.ts';

/** `gatelog search`: see `commands/search.ts` for its options. */
export const runSearch: CommandRunner = async (context) => {
  const { settings, environment, signal, stderr } = context;
  const wanted = readSearchSettings(settings, context.positionals);
  const client = await connectToStore(settings, environment);
  try {
    const options = { ...wanted, client, signal };
    const by = settings.optionalText('by');
    const output = readOutput(context);
    if (settings.flag('count')) await printCount(context, options, output);
    else if (by !== undefined) await printTopValues(context, options, output, by);
    else await printDocuments(context, options, output);
  } finally {
    client.close();
  }
  // The seed's words, where they cannot get into what a program reads.
  if (settings.flag('json')) stderr.write('Request successful!\n');
};

type Output = 'table' | 'json' | 'ndjson' | 'csv';

const OUTPUTS = ['json', 'ndjson', 'csv'] as const;

async function printDocuments(context: CommandContext, options: SearchOptions, output: Output): Promise<void> {
  const { stdout, stderr, environment } = context;
  // A program that asks for JSON wants the best match first; people and spreadsheets want the newest.
  const sort = options.sort ?? (output === 'json' ? 'score' : 'newest');
  const answer = await searchDocuments({ ...options, sort });
  const { hits, total } = hitsOf(answer);
  if (output === 'json') return writeText(stdout, `${escapeJson(answer.text.trimEnd())}\n`);
  if (output === 'ndjson') return writeText(stdout, ndjsonText(hits));
  if (output === 'csv') return writeText(stdout, csvText(hits));
  if (hits.length > 0) await writeText(stdout, documentTable(hits, stdout, environment));
  const order = sort === 'score' ? 'best match' : sort;
  const found = total.toLocaleString('en');
  stderr.write(hits.length === 0 ? `${found} found\n` : `${found} found, ${hits.length} shown, ${order} first\n`);
}

async function printCount(context: CommandContext, options: SearchOptions, output: Output): Promise<void> {
  const answer = await countDocuments(options);
  if (output === 'json') return writeText(context.stdout, `${escapeJson(answer.text.trimEnd())}\n`);
  const { body } = answer;
  const count = typeof body === 'object' && body !== null && 'count' in body ? body.count : 0;
  return writeText(context.stdout, `${escapeForTerminal(String(count))}\n`);
}

async function printTopValues(
  { stdout, stderr, environment }: CommandContext,
  options: SearchOptions,
  output: Output,
  field: string,
): Promise<void> {
  const { answer, values } = await topValues(options, field);
  if (output === 'json') return writeText(stdout, `${escapeJson(answer.text.trimEnd())}\n`);
  if (output === 'ndjson') {
    return writeText(stdout, values.map((value) => `${escapeJson(JSON.stringify(value))}\n`).join(''));
  }
  if (values.length > 0) await writeText(stdout, valueTable(field, values, output === 'csv', stdout, environment));
  stderr.write(`${hitsOf(answer).total.toLocaleString('en')} found\n`);
}

function readOutput({ settings }: CommandContext): Output {
  const given = OUTPUTS.filter((name) => settings.flag(name));
  const [first, second] = given;
  if (first === undefined || second === undefined) return first ?? 'table';
  throw gatelogError('GATELOG_USAGE', {
    problem: `--${first} and --${second} cannot be used together`,
    help: 'gatelog search --help',
  });
}
