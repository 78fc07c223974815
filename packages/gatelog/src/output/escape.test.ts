import { expect, test } from 'vitest';
import { escapeForTerminal } from './escape.ts';

test.each([
  ['a colour', '\u001b[31mred', '\\x1b[31mred'],
  ['a line break', 'one\r\ntwo', 'one\\x0d\\x0atwo'],
  ['an 8-bit control sequence', '\u009b2J', '\\x9b2J'],
  ['a right-to-left override', 'log\u202egpj', 'log\\u202egpj'],
  ['a zero-width space', 'a\u200bb', 'a\\u200bb'],
  ['a tag character', 'a\u{e0041}b', 'a\\u{e0041}b'],
  ['half a character', 'a\ud800b', 'a\\ud800b'],
  ['ordinary text in any script', 'Grüße, 東京 🦊 עברית', 'Grüße, 東京 🦊 עברית'],
])('%s is shown and not acted on', (_, text, expected) => {
  expect(escapeForTerminal(text)).toBe(expected);
});
