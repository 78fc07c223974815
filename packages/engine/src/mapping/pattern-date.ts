import { illegalArgument } from '../errors.ts';
import type { DateFormat } from './date-format.ts';
import { type DateParts, offsetOf, timeOf } from './time-of.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface Letter {
  readonly part: keyof DateParts | 'monthName' | 'zone';
  readonly pattern: string;
  print(date: Date): string;
}

/**
 * A format in Java's pattern letters, as far as logs use them: y u M d H m s S X Z, quoted text.
 * https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/time/format/DateTimeFormatter.html
 * @throws ElasticError 400 for other letters
 */
export function patternFormat(format: string): DateFormat {
  const pieces = format.match(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+/g) ?? [];
  if (pieces.join('') !== format || format === '') throw invalid(format);
  const letters: Letter[] = [];
  const source = pieces.map((piece) => {
    if (!/^[A-Za-z]/.test(piece)) return escape(literal(piece));
    const letter = letterOf(piece, format);
    letters.push(letter);
    return `(${letter.pattern})`;
  });
  const expression = new RegExp(`^${source.join('')}$`);
  return {
    parse: (text, roundUp = false) => {
      const match = expression.exec(text);
      return match ? timeOf(partsOf(letters, match), roundUp) : undefined;
    },
    print: (time) => {
      const date = new Date(time);
      const printed = letters.map((letter) => letter.print(date));
      return pieces.map((piece) => (/^[A-Za-z]/.test(piece) ? printed.shift() : literal(piece))).join('');
    },
  };
}

function letterOf(piece: string, format: string): Letter {
  const { length } = piece;
  const digits = length === 1 ? String.raw`\d{1,2}` : String.raw`\d{2}`;
  const padded = (read: (date: Date) => number) => (date: Date) => String(read(date)).padStart(length, '0');
  switch (piece[0]) {
    case 'y':
    case 'u':
      if (length === 4)
        return { part: 'year', pattern: String.raw`\d{4}`, print: padded((date) => date.getUTCFullYear()) };
      break;
    case 'M':
      if (length === 3)
        return { part: 'monthName', pattern: MONTHS.join('|'), print: (date) => MONTHS[date.getUTCMonth()]! };
      if (length < 3) return { part: 'month', pattern: digits, print: padded((date) => date.getUTCMonth() + 1) };
      break;
    case 'd':
      return { part: 'day', pattern: digits, print: padded((date) => date.getUTCDate()) };
    case 'H':
      return { part: 'hour', pattern: digits, print: padded((date) => date.getUTCHours()) };
    case 'm':
      return { part: 'minute', pattern: digits, print: padded((date) => date.getUTCMinutes()) };
    case 's':
      return { part: 'second', pattern: digits, print: padded((date) => date.getUTCSeconds()) };
    case 'S': {
      const print = (date: Date): string =>
        String(date.getUTCMilliseconds()).padStart(3, '0').padEnd(length, '0').slice(0, length);
      return { part: 'fraction', pattern: String.raw`\d{${length}}`, print };
    }
    case 'X':
      return { part: 'zone', pattern: String.raw`Z|[+-]\d\d(?::?\d\d)?`, print: () => 'Z' };
    case 'Z':
      return { part: 'zone', pattern: String.raw`[+-]\d\d:?\d\d`, print: () => '+0000' };
  }
  throw invalid(format);
}

function partsOf(letters: readonly Letter[], match: RegExpExecArray): DateParts {
  const parts: Record<string, string | number> = {};
  for (const [i, { part }] of letters.entries()) {
    const text = match[i + 1]!;
    if (part === 'monthName') parts['month'] = String(MONTHS.indexOf(text) + 1);
    else if (part === 'zone') parts['offset'] = offsetOf(text);
    else parts[part] = text;
  }
  return parts as DateParts;
}

function literal(piece: string): string {
  if (piece === "''") return "'";
  return piece.startsWith("'") ? piece.slice(1, -1).replaceAll("''", "'") : piece;
}

function escape(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}/]/g, String.raw`\$&`);
}

function invalid(format: string): Error {
  return illegalArgument(`Invalid format: [${format}]: the embedded engine does not know one of its letters`);
}
