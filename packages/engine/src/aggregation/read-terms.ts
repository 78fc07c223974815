import type { TermsColumn } from '../segment/segment.ts';
import type { Batch } from './aggregation.ts';
import type { Scratch } from './scratch.ts';
import { allocate, compact, type Keyed, NONE } from './keyed.ts';

/** The keys of a batch's documents: `table[code]` for every value, `table[0]` for a document that has none; NONE leaves it out. */
export function readTerms(
  column: TermsColumn | undefined,
  table: Uint32Array,
  batch: Batch,
  scratch: Scratch<Uint32Array>,
): Keyed {
  if (column === undefined) return withoutColumn(table[0]!, batch);
  return column.offsets === undefined
    ? readSingle(column, table, batch, scratch)
    : readMulti(column, column.offsets, table, batch);
}

function withoutColumn(key: number, batch: Batch): Keyed {
  const { documents, owners } = batch;
  if (key !== NONE) return { documents, owners, keys: new Uint32Array(documents.length).fill(key) };
  return { documents: new Uint32Array(0), owners: owners && new Uint32Array(0), keys: new Uint32Array(0) };
}

function readSingle(column: TermsColumn, table: Uint32Array, batch: Batch, scratch: Scratch<Uint32Array>): Keyed {
  const { ordinals } = column;
  const { documents } = batch;
  const keys = scratch.take(documents.length);
  let dropped = 0;
  for (let i = 0; i < documents.length; i++) {
    const key = table[ordinals[documents[i]!]!]!;
    keys[i] = key;
    if (key === NONE) dropped++;
  }
  return dropped === 0 ? { documents, owners: batch.owners, keys } : compact(batch, keys, dropped);
}

function readMulti(column: TermsColumn, offsets: Uint32Array, table: Uint32Array, batch: Batch): Keyed {
  const { documents, owners } = batch;
  const kept = allocate(owners !== undefined, keptValues(column, offsets, table, documents));
  let next = 0;
  for (let i = 0; i < documents.length; i++) {
    const document = documents[i]!;
    const start = offsets[document]!;
    const end = offsets[document + 1]!;
    for (let at = start; at < Math.max(end, start + 1); at++) {
      const key = table[at < end ? column.ordinals[at]! : 0]!;
      if (key === NONE) continue;
      kept.keys[next] = key;
      kept.documents[next] = document;
      if (kept.owners !== undefined) kept.owners[next] = owners![i]!;
      next++;
    }
  }
  return kept;
}

function keptValues(column: TermsColumn, offsets: Uint32Array, table: Uint32Array, documents: Uint32Array): number {
  let kept = 0;
  for (const document of documents) {
    const start = offsets[document]!;
    const end = offsets[document + 1]!;
    if (start === end && table[0] !== NONE) kept++;
    for (let at = start; at < end; at++) if (table[column.ordinals[at]!] !== NONE) kept++;
  }
  return kept;
}
