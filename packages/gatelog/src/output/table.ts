import { escapeForTerminal } from './escape.ts';

export interface TableOptions {
  /** Width of the terminal; the last column is cut to fit. Without it nothing is cut. */
  readonly columns?: number;
  /** Colours a cell that is already escaped and padded. */
  readonly paint?: (cell: string, column: number) => string;
}

/** Lines of text in columns, every cell made safe for the terminal. */
export function formatTable(rows: readonly (readonly string[])[], options: TableOptions = {}): string {
  const { columns, paint = (cell) => cell } = options;
  const cells = rows.map((row) => row.map(escapeForTerminal));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) => {
      const padded = row.map((cell, column) => (column < row.length - 1 ? cell.padEnd(widths[column] ?? 0) : cell));
      const room = columns === undefined ? undefined : columns - padded.slice(0, -1).join('  ').length - 2;
      const last = padded.length - 1;
      const fitted = padded.map((cell, column) => (column === last ? cut(cell, room) : cell));
      return `${fitted
        .map((cell, column) => paint(cell, column))
        .join('  ')
        .trimEnd()}\n`;
    })
    .join('');
}

/** Whether to colour what goes to a stream: only a terminal, and never with NO_COLOR (https://no-color.org). */
export function wantsColour(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
}

function cut(cell: string, room: number | undefined): string {
  return room === undefined || room < 2 || cell.length <= room ? cell : `${cell.slice(0, room - 1)}…`;
}
