import { illegalArgument } from '../errors.ts';
import type { Answer, RestRequest } from './route.ts';
import { ok } from './route.ts';
import { matchesWildcard } from './wildcard.ts';

/** One column of a `_cat` table. */
export interface Column<Row> {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly description: string;
  readonly right?: boolean;
  /** Shown when no columns are named. @default true */
  readonly default?: boolean;
  /** A number of bytes is written as the parameter `bytes` asks. */
  value(row: Row): string | number | { readonly bytes: number };
}

export const TABLE_PARAMETERS: readonly string[] = ['v', 'h', 's', 'help', 'bytes', 'time', 'local', 'master_timeout'];

/** A table as text, aligned as Elasticsearch aligns it, or as JSON with every value a string. */
export function table<Row>(request: RestRequest, columns: readonly Column<Row>[], rows: readonly Row[]): Answer {
  const { parameters } = request;
  if (parameters.boolean('help') === true) return { status: 200, body: { text: help(columns) } };
  const shown = selectColumns(columns, parameters.list('h'));
  const unit = parameters.string('bytes');
  const sorted = sortRows(columns, rows, parameters.list('s') ?? []);
  const cells = sorted.map((row) => shown.map((column) => show(column.value(row), unit)));
  const format = parameters.string('format');
  if (format === 'json' || (format === undefined && request.wantsJson)) {
    return ok(cells.map((line) => Object.fromEntries(line.map((cell, i) => [shown[i]!.name, cell]))));
  }
  const header = parameters.boolean('v') === true ? [shown.map((column) => column.name)] : [];
  return { status: 200, body: { text: align([...header, ...cells], shown) } };
}

function selectColumns<Row>(
  columns: readonly Column<Row>[],
  names: readonly string[] | undefined,
): readonly Column<Row>[] {
  if (names === undefined) return columns.filter((column) => column.default !== false);
  return names.flatMap((name) =>
    columns.filter((column) =>
      name.includes('*') ? matchesWildcard(name, column.name) : column.name === name || column.aliases.includes(name),
    ),
  );
}

function sortRows<Row>(columns: readonly Column<Row>[], rows: readonly Row[], keys: readonly string[]): readonly Row[] {
  const orders = keys.map((key) => {
    const [name = '', direction = 'asc'] = key.split(':');
    const column = columns.find((candidate) => candidate.name === name || candidate.aliases.includes(name));
    if (column === undefined) throw illegalArgument(`Unable to sort by unknown sort key \`${name}\``);
    return { column, sign: direction === 'desc' ? -1 : 1 };
  });
  return rows.toSorted((left, right) => {
    for (const { column, sign } of orders) {
      const order = compare(plain(column.value(left)), plain(column.value(right)));
      if (order !== 0) return sign * order;
    }
    return 0;
  });
}

function plain(value: ReturnType<Column<never>['value']>): string | number {
  return typeof value === 'object' ? value.bytes : value;
}

function compare(left: string | number, right: string | number): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

const UNITS = ['b', 'kb', 'mb', 'gb', 'tb', 'pb'];

function show(value: ReturnType<Column<never>['value']>, unit: string | undefined): string {
  if (typeof value !== 'object') return String(value);
  if (unit !== undefined) {
    const power = UNITS.indexOf(unit.length === 1 && unit !== 'b' ? `${unit}b` : unit);
    if (power < 0) throw illegalArgument(`unknown byte unit [${unit}]`);
    return String(Math.floor(value.bytes / 1024 ** power));
  }
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, value.bytes)) / 10));
  // One decimal, cut and not rounded, and none when it is zero.
  return `${Math.floor((value.bytes / 1024 ** power) * 10) / 10}${UNITS[power]}`;
}

function align<Row>(lines: readonly (readonly string[])[], columns: readonly Column<Row>[]): string {
  const widths = columns.map((_, i) => lines.reduce((widest, line) => Math.max(widest, line[i]!.length), 0));
  const pad = (cell: string, i: number): string => {
    if (columns[i]!.right === true) return cell.padStart(widths[i]!);
    return i === columns.length - 1 ? cell : cell.padEnd(widths[i]!);
  };
  return lines.map((line) => `${line.map(pad).join(' ')}\n`).join('');
}

function help<Row>(columns: readonly Column<Row>[]): string {
  const lines = columns.map((column) => [column.name, column.aliases.join(','), column.description]);
  const widths = [0, 1].map((i) => Math.max(...lines.map((line) => line[i]!.length)));
  return lines
    .map(
      ([name, aliases, description]) =>
        `${name!.padEnd(widths[0]!)} | ${aliases!.padEnd(widths[1]!)} | ${description}\n`,
    )
    .join('');
}
