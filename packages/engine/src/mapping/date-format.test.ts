import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import { ElasticError } from '../errors.ts';
import { DEFAULT_DATE_FORMAT, dateFormat } from './date-format.ts';

test.each([
  [DEFAULT_DATE_FORMAT, '2023-11-14T10:23:05.128Z', '2023-11-14T10:23:05.128Z'],
  [DEFAULT_DATE_FORMAT, '2023-11-14T10:23:05,128+01:00', '2023-11-14T09:23:05.128Z'],
  [DEFAULT_DATE_FORMAT, '2023-11-14T10:23:05.123456789-0330', '2023-11-14T13:53:05.123Z'],
  [DEFAULT_DATE_FORMAT, '2023-11-14T10', '2023-11-14T10:00:00.000Z'],
  [DEFAULT_DATE_FORMAT, '2023', '2023-01-01T00:00:00.000Z'],
  [DEFAULT_DATE_FORMAT, '1700000000000', '2023-11-14T22:13:20.000Z'],
  ['epoch_second', '1700000000', '2023-11-14T22:13:20.000Z'],
  ['yyyy-MM-dd HH:mm:ss,SSS', '2023-11-14 10:23:05,128', '2023-11-14T10:23:05.128Z'],
  ['yyyy/MM/dd HH:mm:ss||yyyy/MM/dd', '2023/11/14', '2023-11-14T00:00:00.000Z'],
  ['dd/MMM/yyyy:HH:mm:ss Z', '14/Nov/2023:10:23:05 +0100', '2023-11-14T09:23:05.000Z'],
  ['date_optional_time', '2023-1-4', '2023-01-04T00:00:00.000Z'],
])('%s reads %s', (format, text, moment) => {
  expect(new Date(dateFormat(format).parse(text)!).toISOString()).toBe(moment);
});

test.each([
  '2023-13-01',
  '2023-02-29',
  '2023-11-14 10:23:05',
  '2023-11-14T24:00',
  '2023-1-4',
  'x',
  '',
  '2023-11-14T10:23:05.128Zx',
])('The default format does not read %j', (text) => {
  expect(dateFormat(DEFAULT_DATE_FORMAT).parse(text)).toBeUndefined();
});

test.each([
  ['2023', '2023-01-01T23:59:59.999Z'],
  ['2024-02', '2024-02-01T23:59:59.999Z'],
  ['2023-11-14T10:23', '2023-11-14T10:23:59.999Z'],
])('%s rounds up to %s', (text, moment) => {
  expect(new Date(dateFormat(DEFAULT_DATE_FORMAT).parse(text, true)!).toISOString()).toBe(moment);
});

test('What is printed reads back as the same moment, also the quick way', () => {
  const format = dateFormat(DEFAULT_DATE_FORMAT);
  const moments = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(moments, (moment) => {
      const text = format.print(moment.getTime());
      expect(format.parse(text)).toBe(moment.getTime());
      expect(format.parse(text.replace('Z', '+00:00'))).toBe(moment.getTime());
    }),
  );
});

test('An unknown letter is refused when the format is read', () => {
  expect(() => dateFormat('foo')).toThrow(ElasticError);
});
