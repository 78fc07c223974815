import { boolean } from './types/boolean.ts';
import { date } from './types/date.ts';
import { ip } from './types/ip.ts';
import { keyword } from './types/keyword.ts';
import { numbers } from './types/number.ts';
import { matchOnlyText, text } from './types/text.ts';
import type { FieldType } from './leaf.ts';

/** All field types, by name. Objects are no field type: they hold fields. */
export const FIELD_TYPES: ReadonlyMap<string, FieldType> = new Map(
  [text, matchOnlyText, keyword, ...numbers, date, boolean, ip].map((type) => [type.name, type]),
);
