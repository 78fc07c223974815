import { afterAll } from 'vitest';

const actions: (() => Promise<unknown> | void)[] = [];

/** Does this when the test file ends, the latest first: a program before the folder it writes to. */
export function atTheEnd(action: () => Promise<unknown> | void): void {
  actions.push(action);
}

afterAll(async () => {
  for (const action of actions.splice(0).toReversed()) await action();
});
