import { writeFileSync } from 'node:fs';

/** When the first request was, ms since 1970. */
export const START: number = Date.UTC(2025, 0, 1);

/** Writes a log in the combined format: `lines` requests a second apart, each for a path of its own. */
export function accessLog(file: string, lines: number): void {
  let text = '';
  for (let line = 0; line < lines; line += 1) text += combinedLine(line);
  writeFileSync(file, text);
}

/** The line of one request, with its line end: `/page/7` was asked for by one of 200 clients. */
export function combinedLine(number: number): string {
  const time = new Date(START + number * 1000).toUTCString().split(/[ ,]+/);
  const [, day = '', month = '', year = '', clock = ''] = time;
  const status = number % 10 === 0 ? 403 : 200;
  return `203.0.113.${number % 200} - - [${day}/${month}/${year}:${clock} +0000] "GET /page/${number} HTTP/1.1" ${status} 512 "-" "Mozilla/5.0"\n`;
}
