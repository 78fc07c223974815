import { describe, expect, it } from 'vitest';
import { parseCalendarInterval, parseFixedInterval } from './interval.ts';
import { dateSteps } from './steps.ts';
import { parseZone } from '../mapping/zone.ts';

describe('the steps of a date histogram', () => {
  // Starts of the steps as Elasticsearch gives them; Prague changes on 26 March and 29 October 2023, New York on 12 March.
  it.each<[string, string, string, string, readonly string[]]>([
    [
      '1d',
      'Europe/Prague',
      '2023-03-25T12:00Z',
      '2023-03-27T12:00Z',
      ['2023-03-24T23:00Z', '2023-03-25T23:00Z', '2023-03-26T22:00Z'],
    ],
    [
      '1d',
      'Europe/Prague',
      '2023-10-28T12:00Z',
      '2023-10-30T12:00Z',
      ['2023-10-27T22:00Z', '2023-10-28T22:00Z', '2023-10-29T23:00Z'],
    ],
    [
      '1h',
      'Europe/Prague',
      '2023-10-29T00:30Z',
      '2023-10-29T02:30Z',
      ['2023-10-29T00:00Z', '2023-10-29T01:00Z', '2023-10-29T02:00Z'],
    ],
    [
      '1M',
      'America/New_York',
      '2023-02-15T00:00Z',
      '2023-04-15T00:00Z',
      ['2023-02-01T05:00Z', '2023-03-01T05:00Z', '2023-04-01T04:00Z'],
    ],
    ['1d', 'Asia/Kolkata', '2023-05-01T12:00Z', '2023-05-02T12:00Z', ['2023-04-30T18:30Z', '2023-05-01T18:30Z']],
    ['1h', 'Asia/Kolkata', '2023-05-01T12:10Z', '2023-05-01T12:40Z', ['2023-05-01T11:30Z', '2023-05-01T12:30Z']],
    ['1w', 'UTC', '2023-11-12T23:00Z', '2023-11-13T01:00Z', ['2023-11-06T00:00Z', '2023-11-13T00:00Z']],
    ['1y', '-05:00', '2023-12-31T12:00Z', '2024-01-01T12:00Z', ['2023-01-01T05:00Z', '2024-01-01T05:00Z']],
  ])('%s in %s from %s to %s start where local time says', (interval, zone, from, to, starts) => {
    const [minimum, maximum] = [Date.parse(from), Date.parse(to)];
    const steps = dateSteps(parseCalendarInterval(interval)!, parseZone(zone)!, 0, minimum, maximum);
    const found = Array.from({ length: steps.count }, (_, i) => steps.start(i));
    expect(found.map(toMinutes)).toEqual(starts);
    const indices = steps.indexAll(Float64Array.of(minimum, maximum), new Uint32Array(2));
    expect([...indices]).toEqual([0, starts.length - 1]);
  });

  it.each([
    ['90m', 5_400_000],
    ['1d', 86_400_000],
    ['500ms', 500],
    ['1x', undefined],
    ['1M', undefined],
    ['', undefined],
    ['0s', undefined],
  ])('reads the fixed interval %j', (text, length) => {
    expect(parseFixedInterval(text)?.length).toBe(length);
  });

  it.each(['Foo/Bar', '+25:00', '', '2'])('knows no zone %j', (name) => {
    expect(parseZone(name)).toBeUndefined();
  });
});

function toMinutes(time: number): string {
  return new Date(time).toISOString().replace(':00.000Z', 'Z');
}
