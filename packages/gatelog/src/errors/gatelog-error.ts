import { ERRORS, type ErrorCode, type ErrorEntry } from './table.ts';

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** What must be said to fill the texts of one code: a value for each `{name}` in them. */
export type ErrorDetails<Code extends ErrorCode> = Record<
  Placeholders<(typeof ERRORS)[Code]['message'] | (typeof ERRORS)[Code]['advice']>,
  string | number
>;

/** A failure the program knows: its texts and exit code are in the table of errors, its `cause` is what led to it. */
export class GatelogError extends Error {
  override readonly name: string = 'GatelogError';
  readonly code: ErrorCode;
  /** The values its texts were filled with. */
  readonly details: Readonly<Record<string, string | number>>;
  readonly advice: string;
  readonly exitCode: 1 | 2;

  constructor(code: ErrorCode, details: Readonly<Record<string, string | number>>, cause?: unknown) {
    const entry: ErrorEntry = ERRORS[code];
    super(fill(entry.message, details), cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
    this.advice = fill(entry.advice, details);
    this.exitCode = entry.exitCode;
  }
}

/** Makes a known error; the compiler asks for exactly the details its texts need. */
export function gatelogError<Code extends ErrorCode>(
  code: Code,
  details: ErrorDetails<Code>,
  cause?: unknown,
): GatelogError {
  return new GatelogError(code, details, cause);
}

/** The reason of a caught value in a few words: `permission denied` rather than `EACCES: permission denied, open '…'`. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (systemCode(error) === '') return error.message;
  return error.message.replace(/^E[A-Z0-9]+: /, '').replace(/, \w+( '.*')?$/, '');
}

/** The system's code of a caught value (`ENOENT`), or an empty string. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function fill(text: string, details: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(details[name] ?? placeholder));
}
