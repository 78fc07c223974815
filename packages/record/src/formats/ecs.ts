import { toDocument } from '../document.ts';
import { escapeJson } from '../escape.ts';
import type { AccessEvent } from '../event.ts';
import { fromDocument } from '../read-document.ts';

/** One ECS JSON document, on one line: it carries everything an event has. */
export function formatEcs(event: AccessEvent): string {
  return escapeJson(JSON.stringify(toDocument(event)));
}

/** Reads a line of `formatEcs`, or of any program that logs ECS; undefined when it is not a request. */
export function parseEcs(line: string): AccessEvent | undefined {
  try {
    return fromDocument(JSON.parse(line));
  } catch {
    return undefined;
  }
}
