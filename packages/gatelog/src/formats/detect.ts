import { FORMATS, type LogFormat } from './format.ts';

/** The format that reads most of the lines; undefined when none reads any. */
export function detectFormat(lines: readonly string[]): LogFormat | undefined {
  const counted = Object.values(FORMATS).map((format) => ({
    format,
    count: lines.filter((line) => !('reason' in format.parse(line))).length,
  }));
  const best = counted.reduce((most, next) => (next.count > most.count ? next : most));
  return best.count > 0 ? best.format : undefined;
}
