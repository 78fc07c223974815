import { isObject } from './build-tree.ts';
import { type Definition, isRecord } from './definition.ts';

/** A mapping body as `GET _mapping` answers it: fields in the order of their names. */
export function showRoot(body: Definition): Record<string, unknown> {
  const { properties, ...rest } = body;
  const shown = showProperties(properties);
  const parameters = 'dynamic' in rest ? { ...rest, dynamic: String(rest['dynamic']) } : rest;
  return { ...parameters, ...(Object.keys(shown).length > 0 && { properties: shown }) };
}

function showProperties(properties: unknown): Record<string, unknown> {
  if (!isRecord(properties)) return {};
  const names = Object.keys(properties).sort();
  return Object.fromEntries(names.map((name) => [name, showField(properties[name])]));
}

function showField(definition: unknown): unknown {
  if (!isRecord(definition)) return definition;
  const { type, properties, fields, ...parameters } = definition;
  if (!isObject(definition))
    return { type, ...parameters, ...(isRecord(fields) && { fields: showProperties(fields) }) };
  const inner = showProperties(properties);
  if (Object.keys(inner).length === 0) return { type: 'object', ...parameters };
  return { ...parameters, properties: inner };
}
