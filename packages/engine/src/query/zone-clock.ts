import { parseZone } from '../mapping/zone.ts';
import { illegalArgument } from '../errors.ts';
import type { Clock } from './date-math.ts';

const DAY = 86_400_000;

/** The clock of a `time_zone`: `+02:00`, `Europe/Berlin`. @throws ElasticError 400 for one that is not known */
export function zoneClock(name: string): Clock {
  const zone = parseZone(name);
  if (!zone) throw illegalArgument(`Unknown time-zone ID: ${name}`);
  const offsetAt = (time: number, isLocal: boolean): number => {
    const stretches = zone.stretches(time - DAY, time + DAY);
    return (
      stretches.findLast(({ at, offset }) => at + (isLocal ? offset : 0) <= time)?.offset ?? stretches[0]?.offset ?? 0
    );
  };
  return {
    toLocal: (time) => time + offsetAt(time, false),
    toUtc: (local) => local - offsetAt(local, true),
  };
}
