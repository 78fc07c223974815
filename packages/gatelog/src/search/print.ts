import { csvRecord } from '../output/csv.ts';
import { escapeJson } from '../output/escape.ts';
import { formatTable, wantsColour } from '../output/table.ts';
import { fieldText, type Hit, timeText } from './hits.ts';
import type { TopValue } from './top-values.ts';

interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const CSV_FIELDS = [
  '@timestamp',
  'log.level',
  'client.ip',
  'http.request.method',
  'url.path',
  'url.query',
  'http.response.status_code',
  'http.response.body.bytes',
  'user_agent.original',
  'http.request.referrer',
  'user.name',
  'gatelog.page',
  'message',
] as const;

const COLOURS: Readonly<Record<string, number>> = { error: 31, warning: 33 };

/** Time, level, client, status and message of documents of either schema. */
export function documentTable(hits: readonly Hit[], terminal: Terminal, environment: NodeJS.ProcessEnv): string {
  const rows = hits.map(({ source }) => [
    timeText(source),
    fieldText(source, 'log.level').toLowerCase(),
    fieldText(source, 'client.ip'),
    fieldText(source, 'http.response.status_code'),
    fieldText(source, 'message'),
  ]);
  // A column that no document fills (the status, in documents of the classic schema) only takes room.
  const header = ['TIME', 'LEVEL', 'CLIENT', 'STATUS', 'MESSAGE'];
  const filled = header.map((_, column) => rows.some((row) => row[column] !== ''));
  const kept = [header, ...rows].map((row) => row.filter((_, column) => filled[column]));
  return formatTable(kept, layoutFor(terminal, environment));
}

/** The values of a top list with their counts, as a table or as CSV. */
export function valueTable(
  field: string,
  values: readonly TopValue[],
  asCsv: boolean,
  terminal: Terminal,
  environment: NodeJS.ProcessEnv,
): string {
  if (asCsv) return [['count', field], ...values.map(countAndValue)].map(csvRecord).join('');
  const rows = values.map(countAndValue);
  const width = Math.max('COUNT'.length, ...rows.map(([count]) => (count ?? '').length));
  const aligned = [['COUNT', field.toUpperCase()], ...rows].map(([count = '', value = '']) => [
    count.padStart(width),
    value,
  ]);
  return formatTable(aligned, layoutFor(terminal, environment));
}

/** One record a document, under a header; the same columns whatever the schema. */
export function csvText(hits: readonly Hit[]): string {
  const records = hits.map(({ id, source }) => [...CSV_FIELDS.map((field) => fieldText(source, field)), id]);
  return `${[...CSV_FIELDS, '_id'].join(',')}\r\n${records.map(csvRecord).join('')}`;
}

/** One document a line, as it was stored. */
export function ndjsonText(hits: readonly Hit[]): string {
  return hits.map(({ source }) => `${escapeJson(JSON.stringify(source))}\n`).join('');
}

function countAndValue({ count, value }: TopValue): string[] {
  return [String(count), value];
}

function layoutFor(terminal: Terminal, environment: NodeJS.ProcessEnv): Parameters<typeof formatTable>[1] {
  const columns = terminal.isTTY === true ? terminal.columns : undefined;
  return { ...(columns !== undefined && { columns }), ...(wantsColour(terminal, environment) && { paint }) };
}

function paint(cell: string): string {
  const colour = COLOURS[cell.trim()];
  return colour === undefined ? cell : `\u001b[${colour}m${cell}\u001b[0m`;
}
