import { seededRandom, shuffled } from './random.ts';

/** How often each text stands in the original's log; its authors wrote every one a little differently. */
const TEXTS: readonly (readonly [times: number, text: string])[] = [
  [818, '[INFO] - Authorized - GET request - on the index page - IP:127.0.0.1'],
  [156, '[WARNING] - Unauthorized - POST request - at the index page - IP: 127.0.0.1'],
  [142, '[WARNING] - Unauthorized - PUT request - at the index page - IP: 127.0.0.1'],
  [332, '[INFO] -  Authorized - GET request - on operation page - IP:127.0.0.1'],
  [98, '[INFO] - Authorized - POST request - on operation page - IP:127.0.0.1'],
  [98, '[ERROR] - Unauthorized - PUT request - on the operation page - IP:127.0.0.1'],
];

/** A log like the original's: 1,644 lines with its texts, as often as there, in another order and 9 ms apart. */
export function seedLog(): string {
  const texts = TEXTS.flatMap(([times, text]) => Array.from({ length: times }, () => text));
  return shuffled(texts, seededRandom(1))
    .map((text, place) => `${time(place * 9)} - ${text}\n`)
    .join('');
}

function time(milliseconds: number): string {
  const iso = new Date(Date.UTC(2023, 10, 14, 10, 23, 1) + milliseconds).toISOString();
  return iso.replace('T', ' ').replace('.', ',').replace('Z', '');
}
