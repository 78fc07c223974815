import type { Writable } from 'node:stream';

/** A line that is written over again and again while something lasts. */
export interface ProgressLine {
  readonly show: (text: string) => void;
  readonly clear: () => void;
}

const INTERVAL = 100;

/** The line of a terminal; on anything else it writes nothing. `text` must hold nothing from a log or a store. */
export function progressLine(stream: Writable & { readonly isTTY?: boolean }): ProgressLine {
  let shownAt = 0;
  const write = (text: string): void => void stream.write(`\r\u001b[2K${text}`);
  return {
    show: (text) => {
      if (stream.isTTY !== true || Date.now() - shownAt < INTERVAL) return;
      shownAt = Date.now();
      write(text);
    },
    clear: () => {
      if (shownAt > 0) write('');
      shownAt = 0;
    },
  };
}
