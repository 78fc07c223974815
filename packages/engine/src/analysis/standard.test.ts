import { expect, test } from 'vitest';
import { standard } from './standard.ts';

// Each line was answered so by `_analyze` of Elasticsearch 8.19, the longer ones by OpenSearch 2.19 too.
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
  [
    '127.0.0.1 - - [14/Nov/2023:10:23:01 +0000] "GET /wp-login.php?a=1&b=%2Fetc%2Fpasswd HTTP/1.1" 404 162 "-" "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/119.0"',
    '127.0.0.1 14 nov 2023 10 23 01 0000 get wp login.php a 1 b 2fetc 2fpasswd http 1.1 404 162 mozilla 5.0 x11 linux x86_64 rv 109.0 gecko 20100101 firefox 119.0',
  ],
  [
    'curl/8.4.0 python-requests/2.31.0 sqlmap/1.7#stable (https://sqlmap.org)',
    'curl 8.4.0 python requests 2.31.0 sqlmap 1.7 stable https sqlmap.org',
  ],
  ['root@example.com, Jane.Doe+tag@mail.example.org', 'root example.com jane.doe tag mail.example.org'],
  ['2001:db8::1 fe80::1%eth0 [::1]:9200', '2001 db8 1 fe80 1 eth0 1 9200'],
  [
    'ssh: error: kex_exchange_identification: read: Connection reset by peer',
    'ssh error kex_exchange_identification read connection reset by peer',
  ],
  ['C:\\Windows\\System32\\cmd.exe ../../../etc/passwd', 'c windows system32 cmd.exe etc passwd'],
  ['id=1%27%20OR%20%271%27=%271 <script>alert(1)</script>', 'id 1 27 20or 20 271 27 271 script alert 1 script'],
  ['a__b _a a_ 1_2 _1 a.b_c a_.b', 'a__b _a a_ 1_2 _1 a.b_c a_ b'],
  ["'quoted' “curly” don’t l’été", 'quoted curly don’t l’été'],
  ['3.14 1.2.3.4 1,2,3 1;2 1:2 v1.0-rc.2 x86_64 10ms 5%', '3.14 1.2.3.4 1,2,3 1;2 1 2 v1.0 rc 2 x86_64 10ms 5'],
  ['Ａ．Ｂ １２ ①② ½ x² H₂O', 'ａ．ｂ １２ x h o'],
  ['ა々 々漢 〇一', 'ა々 々 漢 〇 一'],
  ['1️⃣ #️⃣ ™ © ❤ 👩🏽‍💻 🏳️‍🌈', '1️⃣ #️⃣ ™ © ❤ 👩🏽‍💻 🏳️‍🌈'],
  ['​zero​width so­ft', 'zero width so­ft'],
  ['Straße STRASSE ǅ ﬁ ẞ', 'straße strasse ǆ ﬁ ß'],
  ['हिन्दी தமிழ் বাংলা', 'हिन्दी தமிழ் বাংলা'],
  ['ភាសាខ្មែរ ພາສາລາວ မြန်မာ', 'ភាសាខ្មែរ ພາສາລາວ မြန်မာ'],
  ['Ｗｏｒｄ＿１ ｶﾀｶﾅ ㌀', 'ｗｏｒｄ＿１ ｶﾀｶﾅ ㌀'],
  ['русский ЁЖ שלום מה"ט', 'русский ёж שלום מה"ט'],
  ['key=value; key2="v 2", key3:v3', 'key value key2 v 2 key3 v3'],
  ['{"level":"info","msg":"it\'s ok"}', "level info msg it's ok"],
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
