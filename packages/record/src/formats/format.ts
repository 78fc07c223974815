import { escapeLine } from '../escape.ts';
import type { AccessEvent } from '../event.ts';
import { formatClassic } from './classic.ts';
import { formatEcs } from './ecs.ts';

/** The name of a format, or a function that writes an event as text; line ends in its text are escaped. */
export type Format = 'classic' | 'ecs' | ((event: AccessEvent) => string);

/** Makes a format into a function whose result is always one line, without its line end. */
export function chooseFormat(format: Format): (event: AccessEvent) => string {
  if (format === 'classic') return formatClassic;
  if (format === 'ecs') return formatEcs;
  return (event) => escapeLine(format(event));
}
