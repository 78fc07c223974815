import type { Directory } from '../directory/directory.ts';
import type { Engine, Index } from './engine.ts';
import { createFakeMapping } from './fake-mapping.testing.ts';
import type { Limits } from './local-index.ts';
import { openEngine } from './open-engine.ts';
import type { Operation, OperationResult, WriteCondition } from './operation.ts';

/** Opens an engine for a test; nothing flushes by itself unless the limits say so. */
export function openTestEngine(directory: string | Directory, limits: Partial<Limits> = {}): Promise<Engine> {
  return openEngine({ directory, createMapping: createFakeMapping, limits });
}

export function put(
  id: string | undefined,
  value: unknown,
  more: { readonly routing?: string; readonly condition?: WriteCondition } = {},
): Operation {
  return { kind: 'index', id, source: Buffer.from(JSON.stringify(value)), ...more };
}

export async function applyOne(index: Index, operation: Operation): Promise<OperationResult> {
  return (await index.apply([operation]))[0]!;
}

/** Everything a search would find: `_id` and source, sorted by `_id`; an `_id` that is found twice is listed twice. */
export function searchable(index: Index): [id: string, source: string][] {
  const found: [string, string][] = [];
  for (const { segment, live, liveCount } of index.searcher().segments) {
    const before = found.length;
    for (let document = 0; document < segment.documentCount; document++) {
      if (live !== undefined && !live.has(document)) continue;
      found.push([segment.identifier(document), Buffer.from(segment.source(document)).toString()]);
    }
    if (found.length - before !== liveCount) throw new Error(`${segment.name} says ${liveCount} documents are alive`);
  }
  return found.toSorted(([a], [b]) => (a < b ? -1 : 1));
}

export function stored(index: Index, id: string): string | undefined {
  const document = index.get(id);
  return document && Buffer.from(document.source).toString();
}
