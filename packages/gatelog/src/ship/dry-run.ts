import { resolve } from 'node:path';
import type { FormatName } from '../formats/format.ts';
import { FileReader } from './file-reader.ts';
import { BEGINNING } from './line-chain.ts';
import { lineReader, type LineReader, type PreparedLine } from './line-documents.ts';
import { openLogFile } from './log-file.ts';
import type { Schema } from './options.ts';

export interface DryRunOptions {
  readonly files: readonly string[];
  readonly schema: Schema;
  readonly format: FormatName | 'auto';
  readonly signal: AbortSignal;
  readonly write: (text: string) => Promise<void>;
  readonly onNotice: (notice: string) => void;
}

const BATCH_BYTES = 65_536;
const LONGEST_LINE = 1_048_576;

/** Writes the documents that the files would become, one JSON object a line; needs no store and leaves no trace. */
export async function printDocuments(options: DryRunOptions): Promise<void> {
  for (const path of options.files.map((file) => resolve(file))) {
    const file = await openLogFile(path);
    try {
      const reader = new FileReader(file, BEGINNING, BATCH_BYTES, LONGEST_LINE);
      const documents = lineReader({ ...options, path, isLenient: false });
      for (let batch = await reader.read(); batch && !options.signal.aborted; batch = await reader.read()) {
        await printBatch(documents.prepare(batch.lines), path, options);
      }
      const last = reader.unfinished();
      if (last) await printBatch(documents.prepare(last.lines), path, options);
    } finally {
      await file.handle.close();
    }
  }
}

async function printBatch(
  lines: ReturnType<LineReader['prepare']>,
  path: string,
  options: DryRunOptions,
): Promise<void> {
  await options.write(lines.map(documentLine).join(''));
  for (const { line, outcome } of lines) {
    if ('reason' in outcome) options.onNotice(`${path}: the line at byte ${line.start} is rejected: ${outcome.reason}`);
  }
}

function documentLine({ outcome }: PreparedLine): string {
  return 'document' in outcome ? `${JSON.stringify(outcome.document)}\n` : '';
}
