import type { NumbersColumn } from '../segment/segment.ts';
import type { Batch } from './aggregation.ts';
import type { Scratch } from './scratch.ts';

/** Documents with their values; a document with several values is repeated, one without is left out. Parallel arrays. */
export interface Valued {
  readonly documents: Uint32Array;
  readonly owners: Uint32Array | undefined;
  readonly values: Float64Array;
}

/** The numbers of a batch's documents. `missing` stands in where there is none; undefined leaves the document out. */
export function readNumbers(
  column: NumbersColumn | undefined,
  batch: Batch,
  missing: number | undefined,
  scratch: Scratch<Float64Array>,
): Valued {
  if (column === undefined) return withoutColumn(batch, missing);
  if (column.offsets !== undefined) return readMulti(column, column.offsets, batch, missing);
  return column.present === undefined ? readAll(column, batch, scratch) : readPresent(column, batch, missing);
}

function withoutColumn(batch: Batch, missing: number | undefined): Valued {
  if (missing === undefined) return allocate(batch, 0);
  return {
    documents: batch.documents,
    owners: batch.owners,
    values: new Float64Array(batch.documents.length).fill(missing),
  };
}

function readAll(column: NumbersColumn, batch: Batch, scratch: Scratch<Float64Array>): Valued {
  const { base, scale, packed } = column;
  const { documents } = batch;
  const values = scratch.take(documents.length);
  if (scale === 1) for (let i = 0; i < documents.length; i++) values[i] = base + packed[documents[i]!]!;
  else for (let i = 0; i < documents.length; i++) values[i] = base + packed[documents[i]!]! / scale;
  return { documents, owners: batch.owners, values };
}

function readPresent(column: NumbersColumn, batch: Batch, missing: number | undefined): Valued {
  const { base, scale, packed } = column;
  const present = column.present!;
  const { documents, owners } = batch;
  const kept = allocate(batch, documents.length);
  let next = 0;
  for (let i = 0; i < documents.length; i++) {
    const document = documents[i]!;
    const has = present.has(document);
    if (!has && missing === undefined) continue;
    kept.documents[next] = document;
    if (kept.owners !== undefined) kept.owners[next] = owners![i]!;
    kept.values[next++] = has ? base + packed[document]! / scale : missing!;
  }
  return cut(kept, next);
}

function readMulti(column: NumbersColumn, offsets: Uint32Array, batch: Batch, missing: number | undefined): Valued {
  const { base, scale, packed } = column;
  const { documents, owners } = batch;
  const kept = allocate(batch, countValues(offsets, documents, missing !== undefined));
  let next = 0;
  for (let i = 0; i < documents.length; i++) {
    const document = documents[i]!;
    const start = offsets[document]!;
    const end = offsets[document + 1]!;
    if (start === end && missing === undefined) continue;
    for (let at = start; at < Math.max(end, start + 1); at++) {
      kept.documents[next] = document;
      if (kept.owners !== undefined) kept.owners[next] = owners![i]!;
      kept.values[next++] = at < end ? base + packed[at]! / scale : missing!;
    }
  }
  return kept;
}

function countValues(offsets: Uint32Array, documents: Uint32Array, standIn: boolean): number {
  let count = 0;
  for (const document of documents) {
    const own = offsets[document + 1]! - offsets[document]!;
    count += own === 0 && standIn ? 1 : own;
  }
  return count;
}

interface Allocated {
  readonly documents: Uint32Array;
  readonly owners: Uint32Array | undefined;
  readonly values: Float64Array;
}

function allocate(batch: Batch, size: number): Allocated {
  return {
    documents: new Uint32Array(size),
    owners: batch.owners && new Uint32Array(size),
    values: new Float64Array(size),
  };
}

function cut(valued: Allocated, size: number): Valued {
  return {
    documents: valued.documents.subarray(0, size),
    owners: valued.owners?.subarray(0, size),
    values: valued.values.subarray(0, size),
  };
}
