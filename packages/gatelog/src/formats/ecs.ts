import { parseEcs } from '@gatelog/record';
import type { LogFormat } from './format.ts';

/** One JSON object a line under Elastic Common Schema names, nested or dotted. */
export const ecs: LogFormat = {
  name: 'ecs',
  description: 'JSON lines under Elastic Common Schema names',
  parse: (line) => {
    const event = line.startsWith('{') ? parseEcs(line) : undefined;
    return event ? { event } : { reason: 'not a JSON object with @timestamp and http.request.method' };
  },
};
