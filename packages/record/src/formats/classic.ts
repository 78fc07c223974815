import { escapeToken } from '../escape.ts';
import type { AccessEvent } from '../event.ts';

/**
 * `2023-11-14 10:23:01,446 - [WARNING] - Unauthorized - POST request - at the index page - IP: 127.0.0.1`: Python's
 * `%(asctime)s - [%(levelname)s] - %(message)s`, in local time. A client without an address is `-`.
 */
export function formatClassic(event: AccessEvent): string {
  const ip = escapeToken(event.clientIp ?? '', 64) || '-';
  return `${formatLocalTime(event.timestamp)} - [${event.level.toUpperCase()}] - ${event.message} - IP: ${ip}`;
}

function formatLocalTime(timestamp: number): string {
  const time = new Date(timestamp);
  const date = [pad(time.getFullYear(), 4), pad(time.getMonth() + 1), pad(time.getDate())].join('-');
  const clock = [pad(time.getHours()), pad(time.getMinutes()), pad(time.getSeconds())].join(':');
  return `${date} ${clock},${pad(time.getMilliseconds(), 3)}`;
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}
