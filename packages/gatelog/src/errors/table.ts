import { RUN_ERRORS } from './run-errors.ts';
import { SEARCH_ERRORS } from './search-errors.ts';
import { SHIP_ERRORS } from './ship-errors.ts';
import { STORE_ERRORS } from './store-errors.ts';
import { USAGE_ERRORS } from './usage-errors.ts';

/** One kind of failure: `{name}` in the texts is filled from the error's details. */
export interface ErrorEntry {
  /** What happened and where, as one sentence without its full stop. */
  readonly message: string;
  /** What to do about it, as one sentence. */
  readonly advice: string;
  /** 1: the work failed. 2: the command was used wrongly. */
  readonly exitCode: 1 | 2;
}

/**
 * Every error code of the program. To add codes for a new stage, write `errors/<stage>-errors.ts` like the ones
 * beside this file and add it in the two places below; the documentation page of errors is made from this table.
 */
export const ERRORS: typeof USAGE_ERRORS &
  typeof STORE_ERRORS &
  typeof SHIP_ERRORS &
  typeof SEARCH_ERRORS &
  typeof RUN_ERRORS = {
  ...USAGE_ERRORS,
  ...STORE_ERRORS,
  ...SHIP_ERRORS,
  ...SEARCH_ERRORS,
  ...RUN_ERRORS,
};

export type ErrorCode = keyof typeof ERRORS;
