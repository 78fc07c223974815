import { describe, expect, test } from 'vitest';
import { Settings } from '../settings/settings.ts';
import { filterQueries } from './filters.ts';
import { fieldText, timeText } from './hits.ts';
import { csvText, documentTable, ndjsonText } from './print.ts';
import { readSearchSettings } from './read-settings.ts';
import { buildQuery } from './search.ts';
import { parseMoment } from './time.ts';

describe('the query', () => {
  test('alone is sent alone, so that nothing but it scores', () => {
    expect(buildQuery({ query: 'Unauthorized' })).toEqual({
      query_string: { query: 'Unauthorized', default_field: 'message' },
    });
  });

  test('keeps its score when there are filters', () => {
    expect(buildQuery({ query: 'x', filters: { status: '403' } })).toEqual({
      bool: {
        must: [{ query_string: { query: 'x', default_field: 'message' } }],
        filter: [{ term: { 'http.response.status_code': 403 } }],
      },
    });
  });

  test('without words or filters is everything', () => {
    expect(buildQuery({ filters: { levels: [] } })).toEqual({ match_all: {} });
  });
});

describe('a filter', () => {
  test.each([
    [{ status: '4xx' }, { range: { 'http.response.status_code': { gte: 400, lt: 500 } } }],
    [
      { levels: ['warning'] },
      either({ terms: { 'log.level': ['warning'] } }, { terms: { 'loglevel.keyword': ['WARNING'] } }),
    ],
    [{ ip: '::1' }, either({ term: { 'client.ip': '::1' } }, { term: { 'ip_address.keyword': '::1' } })],
    [
      { path: '/admin*' },
      either(
        { wildcard: { 'url.path': { value: '/admin*' } } },
        { wildcard: { 'gatelog.page': { value: '/admin*' } } },
      ),
    ],
    [
      { since: Date.UTC(2023, 10, 14) },
      either(
        { range: { '@timestamp': { gte: '2023-11-14T00:00:00.000Z' } } },
        { range: { 'timestamp.keyword': { gte: expect.stringMatching(/^2023-11-1[345] \d\d:\d\d:00,000$/) } } },
      ),
    ],
  ])('%j finds documents of both schemas', (filters, expected) => {
    expect(filterQueries(filters)).toEqual([expected]);
  });

  test('over the message is only for documents that have no field of their own', () => {
    const [query] = filterQueries({ method: 'put' });
    expect(query).toMatchObject({
      bool: { should: [{ term: { 'http.request.method': 'PUT' } }, { bool: { must_not: [{ exists: {} }] } }] },
    });
  });
});

describe('a moment', () => {
  const now = Date.UTC(2024, 0, 2);

  test.each([
    ['1h', 'since', now - 3_600_000],
    ['7d', 'until', now - 7 * 86_400_000],
    ['2023-11-14', 'since', new Date(2023, 10, 14).getTime()],
    ['2023-11-14', 'until', new Date(2023, 10, 15).getTime()],
    ['2023-11-14 10:23', 'since', new Date(2023, 10, 14, 10, 23).getTime()],
    ['2023-11-14 10:23:05,128', 'since', new Date(2023, 10, 14, 10, 23, 5, 128).getTime()],
    ['2023-11-14T10:23:00Z', 'until', Date.UTC(2023, 10, 14, 10, 23)],
  ] as const)('%s as %s is understood', (text, boundary, expected) => {
    expect(parseMoment(text, boundary, now)).toBe(expected);
  });

  test.each(['yesterday', '2023-13-01', '2023-02-31', '1 h', '', '20231114'])('"%s" is refused', (text) => {
    expect(() => parseMoment(text, 'since', now)).toThrow('it must be a time such as');
  });
});

describe('settings that make no sense', () => {
  test.each([
    ['level', ['loud']],
    ['ip', '300.1.1.1'],
    ['ip', '10.0.0.0/33'],
    ['status', '4x'],
    ['since', 'soon'],
    ['size', 10_001],
  ])('--%s %s is refused before anything is sent', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(`--${name} is "${String(value)}"`);
  });

  test('are none when they make sense', () => {
    expect(read({ level: ['WARNING,error'], ip: '2001:db8::/32', status: '5XX' })).toMatchObject({
      filters: { levels: ['warning', 'error'], ip: '2001:db8::/32', status: '5XX' },
    });
  });
});

describe('a document', () => {
  test.each([
    ['nested', { client: { ip: '1.2.3.4' } }],
    ['flat', { 'client.ip': '1.2.3.4' }],
    ['half nested', { client: { ip: '1.2.3.4' }, 'client.x': 1 }],
    ['of the classic schema', { ip_address: '1.2.3.4' }],
  ])('that is %s shows its fields', (_, source) => {
    expect(fieldText(source, 'client.ip')).toBe('1.2.3.4');
  });

  test('shows its time in local time, to the second', () => {
    const moment = new Date(2023, 10, 14, 10, 23, 5, 128);
    expect(timeText({ '@timestamp': moment.toISOString() })).toBe('2023-11-14 10:23:05');
    expect(timeText({ timestamp: '2023-11-14 10:23:05,128' })).toBe('2023-11-14 10:23:05');
  });

  const hostile = [{ id: 'i', source: { message: '=cmd|x\u001b[2J\u009b, "q"', log: { level: 'error' } } }];

  test('cannot act on a terminal, in no output', () => {
    const control = /\p{Cc}/u;
    expect(documentTable(hostile, { isTTY: false }, {}).replaceAll('\n', '')).not.toMatch(control);
    expect(ndjsonText(hostile).trimEnd()).not.toMatch(control);
    expect(JSON.parse(ndjsonText(hostile))).toEqual(hostile[0]?.source);
  });

  test('is no formula in a spreadsheet', () => {
    expect(csvText(hostile)).toContain(`,"'=cmd|x`);
    expect(csvText(hostile)).toContain('""q""",i\r\n');
  });

  test('is cut to the width of a terminal, and coloured only where colours are wanted', () => {
    const [, row = ''] = documentTable(hostile, { isTTY: true, columns: 20 }, { NO_COLOR: '1' }).split('\n');
    expect(row).toBe('error  =cmd|x\\x1b[2…');
    expect(documentTable(hostile, { isTTY: true }, {})).toContain('\u001b[31merror');
  });
});

function read(given: Record<string, string | number | string[]>): ReturnType<typeof readSearchSettings> {
  const names = ['since', 'until', 'level', 'ip', 'path', 'status', 'method', 'sort'];
  const nothing = names.map((name): [string, undefined] => [name, undefined]);
  const values = { ...Object.fromEntries(nothing), index: 'i', size: 10, ...given };
  return readSearchSettings(new Settings(new Map(Object.entries(values))), []);
}

function either(...should: readonly unknown[]): unknown {
  return { bool: { should, minimum_should_match: 1 } };
}
