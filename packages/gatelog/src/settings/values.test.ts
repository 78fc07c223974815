import { expect, test } from 'vitest';
import { parseValue } from './values.ts';

test.each([
  ['text', 'anything', 'anything'],
  ['integer', '42', 42],
  ['port', '65535', 65_535],
  ['duration', '500ms', 500],
  ['duration', '30s', 30_000],
  ['duration', '2h', 7_200_000],
  ['duration', '7d', 604_800_000],
  ['size', '512', 512],
  ['size', '64KB', 65_536],
  ['size', '1gb', 1_073_741_824],
  ['flag', 'true', true],
  ['flag', 'false', false],
  ['list', 'one', ['one']],
] as const)('a %s written "%s" is %j', (kind, text, expected) => {
  expect(parseValue(kind, text)).toEqual(expected);
});

test.each([
  ['integer', '-1', 'a whole number'],
  ['port', '65536', 'a port number'],
  ['port', 'http', 'a port number'],
  ['integer', '1.5', 'a whole number'],
  ['integer', '1e3', 'a whole number'],
  ['integer', '99999999999999999999', 'a whole number'],
  ['duration', '30', 'a duration such as'],
  ['duration', '1w', 'a duration such as'],
  ['size', '5 mb', 'a size such as'],
  ['size', '5tb', 'a size such as'],
  ['flag', 'yes', 'true or false'],
] as const)('a %s written "%s" is refused: it must be %s', (kind, text, expected) => {
  expect(() => parseValue(kind, text)).toThrow(expected);
});
