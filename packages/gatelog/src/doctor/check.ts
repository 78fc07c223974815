/** What one check found. */
export interface Finding {
  /** What was checked, in a word or two: `node`, `port 9200`. */
  readonly check: string;
  readonly status: 'ok' | 'warn' | 'fail';
  /** What was found, as one sentence without its full stop. */
  readonly found: string;
  /** What to do about it; absent when all is well. */
  readonly advice?: string;
}

/** Asks one question of the machine. Resolves with what it found, never rejects. */
export type Check = () => Promise<readonly Finding[]>;

export function ok(check: string, found: string): readonly Finding[] {
  return [{ check, status: 'ok', found }];
}

export function warn(check: string, found: string, advice: string): readonly Finding[] {
  return [{ check, status: 'warn', found, advice }];
}

export function fail(check: string, found: string, advice: string): readonly Finding[] {
  return [{ check, status: 'fail', found, advice }];
}
