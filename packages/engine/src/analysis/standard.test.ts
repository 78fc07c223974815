import { expect, test } from 'vitest';
import { standard } from './standard.ts';

// Each line was answered so by Elasticsearch 8.19's `_analyze`.
const ANSWERS: readonly (readonly [text: string, terms: string])[] = [
  ['Unauthorized - POST request - at the index page', 'unauthorized post request at the index page'],
  ['GET request - on the index page - IP:127.0.0.1', 'get request on the index page ip 127.0.0.1'],
  ['2023-11-14 10:23:01,446', '2023 11 14 10 23 01,446'],
  ['https://user:pw@example.com:8080/a/b?c=d&e=%20f', 'https user:pw example.com 8080 a b c d e 20f'],
  ['foo:bar a.b.c 1,234.5 x1.2y', 'foo:bar a.b.c 1,234.5 x1.2y'],
  ["don't O'Neil's it's_ok _x_ __ a_b", "don't o'neil's it's_ok _x_ a_b"],
  ['1:2 a:1 1:a x.1 1.x', '1 2 a 1 1 a x 1 1 x'],
  ['東京都に行く ひらがな カタカナ テスト1', '東 京 都 に 行 く ひ ら が な カタカナ テスト 1'],
  ['한국어 검색 엔진', '한국어 검색 엔진'],
  ['สวัสดีชาวโลก hello', 'สวัสดีชาวโลก hello'],
  ['❤️ 😀👍🏽 👨‍👩‍👧 🇩🇪 a😀b', '❤️ 😀 👍🏽 👨‍👩‍👧 🇩🇪 a 😀 b'],
  ['Ελληνικά ΣΊΣΥΦΟΣ İstanbul', 'ελληνικά σίσυφοσ istanbul'],
  ['naïve café e\u0301te\u0301', 'naïve café e\u0301te\u0301'],
  ['עברית ג\'ירף צה"ל', 'עברית ג\'ירף צה"ל'],
  ['العربية ١٢٣', 'العربية ١٢٣'],
  ['- -- ... :: ____', ''],
];

test.each(ANSWERS)('%s', (text, terms) => {
  expect(
    standard(text)
      .map(({ term }) => term)
      .join(' '),
  ).toBe(terms);
});

test('A term longer than 255 characters is cut into terms of 255', () => {
  expect(standard('x'.repeat(600)).map(({ term, start, position }) => [term.length, start, position])).toEqual([
    [255, 0, 0],
    [255, 255, 1],
    [90, 510, 2],
  ]);
});

test('The quick way for ASCII finds what the rules for all of Unicode find', () => {
  const characters = 'ab01_.:,;\'"-/ ';
  for (let seed = 1; seed < 3000; seed++) {
    let state = seed;
    const text = Array.from({ length: 12 }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return characters[(state >>> 8) % characters.length];
    }).join('');
    // An emoji at the end makes the text go the other way.
    const other = standard(`${text} 😀`).slice(0, -1);
    expect([text, standard(text)]).toEqual([text, other]);
  }
});
