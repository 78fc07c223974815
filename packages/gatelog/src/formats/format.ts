import type { AccessEvent } from '@gatelog/record';
import { classic } from './classic.ts';
import { combined } from './combined.ts';
import { ecs } from './ecs.ts';

export type FormatName = 'classic' | 'ecs' | 'combined';

/** The document of the classic schema; its keys always stand in this order. */
export interface ClassicFields {
  /** Local time, `2023-11-14 10:23:05,128`. */
  readonly timestamp: string;
  /** `INFO`, `WARNING` or `ERROR`. */
  readonly loglevel: string;
  readonly message: string;
  readonly ip_address: string;
}

/** What was read from a line. */
export interface ParsedLine {
  readonly event: AccessEvent;
  /** The line's own words, when its format is the classic one. */
  readonly classic?: ClassicFields;
}

/** A log format: reads one line at a time and never throws. */
export interface LogFormat {
  readonly name: FormatName;
  /** For people: `nginx or Apache, combined`. */
  readonly description: string;
  /** The line's event, or why it is not a line of this format. */
  readonly parse: (line: string) => ParsedLine | { readonly reason: string };
}

export const FORMATS: Readonly<Record<FormatName, LogFormat>> = { classic, ecs, combined };
