import type { CommandContext, CommandRunner } from '../commands/specification.ts';
import { connectToStore } from '../elastic/connection.ts';
import { FORMATS, type FormatName } from '../formats/format.ts';
import { escapeForTerminal } from '../output/escape.ts';
import { progressLine } from '../output/progress.ts';
import { writeText } from '../output/write.ts';
import { printDocuments } from './dry-run.ts';
import type { Schema, ShipSummary } from './options.ts';
import { ship } from './ship.ts';

/** `gatelog ship`: see `commands/ship.ts` for its options. */
export const runShip: CommandRunner = async (context) => {
  const { settings, positionals, environment, signal, stderr, stdout } = context;
  const onNotice = (notice: string): void => void stderr.write(`${escapeForTerminal(notice)}\n`);
  const common = {
    files: positionals,
    schema: readSchema(settings.text('schema')),
    format: readFormat(settings.text('format')),
    signal,
    onNotice,
  };
  if (settings.flag('dry-run')) return printDocuments({ ...common, write: (text) => writeText(stdout, text) });
  const state = settings.optionalText('state');
  const follow = settings.flag('follow');
  const client = await connectToStore(settings, environment);
  const progress = progressLine(stderr);
  let lines = 0;
  try {
    const summary = await ship({
      ...common,
      onNotice: (notice) => {
        progress.clear();
        onNotice(notice);
      },
      onProgress: (batch) => progress.show(`${count((lines += batch.lines), 'line', 'lines')} shipped`),
      client,
      follow,
      index: settings.text('index'),
      ...(!follow && { retryFor: settings.number('retry-for') }),
      ...(state !== undefined && { state }),
    });
    progress.clear();
    await printSummary(context, summary);
  } finally {
    progress.clear();
    client.close();
  }
};

async function printSummary({ settings, stdout }: CommandContext, summary: ShipSummary): Promise<void> {
  if (settings.flag('json')) return writeText(stdout, `${JSON.stringify(summary)}\n`);
  const { lines, created, alreadyThere, deadLetters, bytes, seconds, index, deadLetterFile } = summary;
  const there = alreadyThere > 0 ? `, ${count(alreadyThere, 'was', 'were')} already there` : '';
  await writeText(
    stdout,
    `${count(lines, 'line', 'lines')} read (${count(bytes, 'byte', 'bytes')}, ${seconds.toFixed(1)} s): ` +
      `${count(created, 'document', 'documents')} created in ${escapeForTerminal(index)}${there}\n`,
  );
  if (deadLetters === 0) return;
  const rejected = count(deadLetters, 'line was', 'lines were');
  await writeText(stdout, `${rejected} rejected and kept in ${escapeForTerminal(deadLetterFile)}\n`);
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

function readSchema(text: string): Schema {
  return text === 'classic' ? 'classic' : 'ecs';
}

function readFormat(text: string): FormatName | 'auto' {
  return Object.values(FORMATS).find(({ name }) => name === text)?.name ?? 'auto';
}
