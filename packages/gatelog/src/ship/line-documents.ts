import { gatelogError } from '../errors/gatelog-error.ts';
import { detectFormat } from '../formats/detect.ts';
import { FORMATS, type FormatName, type LogFormat } from '../formats/format.ts';
import { toSchema } from './schema.ts';
import { documentId } from './line-chain.ts';
import type { RawLine } from './line-splitter.ts';
import type { Schema } from './options.ts';

/** A line as it goes to the store, or why it cannot. */
export interface PreparedLine {
  readonly id: string;
  readonly line: RawLine;
  readonly text: string;
  readonly outcome: { readonly document: unknown } | { readonly reason: string };
}

/** Turns the lines of one file into documents; the format is found once, at the first lines that tell. */
export interface LineReader {
  readonly prepare: (lines: readonly ChainedLine[]) => PreparedLine[];
}

export interface ChainedLine {
  readonly line: RawLine;
  readonly digest: Buffer;
}

const LINES_TO_DETECT_BY = 50;

export interface LineReaderOptions {
  /** For messages. */
  readonly path: string;
  readonly format: FormatName | 'auto';
  readonly schema: Schema;
  /** Without a format that fits: go on, and take each line as one that cannot be read, instead of throwing. */
  readonly isLenient: boolean;
  /** Called with what was found. */
  readonly onNotice: (notice: string) => void;
}

/** `prepare` throws GATELOG_SHIP_FORMAT_UNKNOWN unless it is lenient. */
export function lineReader(options: LineReaderOptions): LineReader {
  const { schema } = options;
  let format = options.format === 'auto' ? undefined : FORMATS[options.format];
  return {
    prepare: (lines) => {
      const texts = lines.map(({ line }) => line.bytes.toString('utf8'));
      if (lines.length > 0) format ??= findFormat(texts, options);
      return lines.map(({ line, digest }, position) => {
        const text = texts[position] ?? '';
        const id = documentId(digest);
        return { id, line, text, outcome: prepareLine(line, text, id, format, schema) };
      });
    },
  };
}

function findFormat(texts: readonly string[], options: LineReaderOptions): LogFormat | undefined {
  const { path, isLenient, onNotice } = options;
  const format = detectFormat(texts.slice(0, LINES_TO_DETECT_BY));
  if (format) onNotice(`${path}: the format is ${format.name} (${format.description})`);
  else if (!isLenient) {
    const formats = Object.keys(FORMATS).join(', ');
    throw gatelogError('GATELOG_SHIP_FORMAT_UNKNOWN', { file: path, formats });
  }
  return format;
}

function prepareLine(
  line: RawLine,
  text: string,
  id: string,
  format: LogFormat | undefined,
  schema: Schema,
): PreparedLine['outcome'] {
  if (line.isCut) return { reason: `the line is longer than ${line.bytes.length} bytes` };
  if (!format) return { reason: 'no known log format fits this line' };
  const parsed = format.parse(text);
  return 'reason' in parsed ? parsed : { document: toSchema(schema, parsed, id) };
}
