import type { Token } from './token.ts';
import { keyword } from './keyword.ts';
import { simple } from './simple.ts';
import { standard } from './standard.ts';
import { whitespace } from './whitespace.ts';

/** Turns a text into its terms, in order. */
export type Analyzer = (text: string) => Token[];

/** The analyzers a mapping can name. */
export const ANALYZERS: Readonly<Record<string, Analyzer>> = { standard, simple, whitespace, keyword };
