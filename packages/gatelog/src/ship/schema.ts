import { type AccessEvent, formatClassic, splitClassic, toDocument } from '@gatelog/record';
import type { ClassicFields, ParsedLine } from '../formats/format.ts';
import type { Schema } from './options.ts';

/** The document of a line in the schema asked for; `id` is its `_id`, which ECS documents repeat as `event.id`. */
export function toSchema(schema: Schema, { event, classic }: ParsedLine, id: string): unknown {
  return schema === 'ecs' ? toDocument({ ...event, id }) : (classic ?? classicFields(event));
}

/** The four keys for an event of any format: what its classic line would say. */
function classicFields(event: AccessEvent): ClassicFields {
  const parts = splitClassic(formatClassic(event));
  return {
    timestamp: parts?.time ?? new Date(event.timestamp).toISOString(),
    loglevel: parts?.level ?? event.level.toUpperCase(),
    message: parts?.message ?? event.message,
    ip_address: parts?.ip ?? event.clientIp ?? '-',
  };
}
