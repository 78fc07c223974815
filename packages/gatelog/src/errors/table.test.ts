import { expect, test } from 'vitest';
import { gatelogError, reasonOf } from './gatelog-error.ts';
import { printableError } from './print.ts';
import { type ErrorEntry, ERRORS } from './table.ts';

const entries: readonly (readonly [string, ErrorEntry])[] = Object.entries(ERRORS);

test.each(entries)('%s says what happened and what to do, as sentences that can be joined', (code, entry) => {
  expect(code).toMatch(/^GATELOG(_[A-Z0-9]+)+$/);
  expect(entry.message).not.toMatch(/[.!\n]$/);
  expect(entry.advice).toMatch(/^[A-Z"{].*[.]$/);
  expect([1, 2]).toContain(entry.exitCode);
});

test('an error prints as one line, whatever its details hold', () => {
  const error = gatelogError('GATELOG_SHIP_FILE_UNREADABLE', { file: 'a\nb\u001b[2J', reason: 'denied' });
  expect(printableError(error, false)).toBe(
    'gatelog: cannot read a\\x0ab\\x1b[2J: denied. Check that it may be read by the user that runs gatelog. [GATELOG_SHIP_FILE_UNREADABLE]\n',
  );
});

test('the reason of a system error is its words without its code and path', () => {
  const error = Object.assign(new Error("EACCES: permission denied, open '/var/log/x'"), { code: 'EACCES' });
  expect(reasonOf(error)).toBe('permission denied');
  expect(reasonOf('a string')).toBe('a string');
});
