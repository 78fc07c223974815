import { parseClassic, splitClassic } from '@gatelog/record';
import type { LogFormat } from './format.ts';

/** `2023-11-14 10:23:01,446 - [WARNING] - Unauthorized - POST request - at the index page - IP: 127.0.0.1` */
export const classic: LogFormat = {
  name: 'classic',
  description: "gatelog's own lines",
  parse: (line) => {
    const event = parseClassic(line);
    const parts = splitClassic(line);
    if (!event || !parts) return { reason: 'not a classic line: TIME - [LEVEL] - MESSAGE - IP: ADDRESS' };
    const { time: timestamp, level: loglevel, message, ip: ip_address } = parts;
    return { event, classic: { timestamp, loglevel, message, ip_address } };
  },
};
