import { Bitset } from '../segment/bitset.ts';
import type { NumbersColumn } from '../segment/segment.ts';

/** Documents with a value in [low, high]. */
export function documentsBetween(column: NumbersColumn, documentCount: number, low: number, high: number): Bitset {
  if (low > high || high < column.minimum || low > column.maximum) return new Bitset(documentCount);
  const isSingle = column.offsets === undefined;
  if (isSingle && low <= column.minimum && high >= column.maximum)
    return column.present?.clone() ?? Bitset.full(documentCount);
  return isSingle ? scanSingle(column, documentCount, low, high) : scanMultiple(column, documentCount, low, high);
}

function scanSingle(column: NumbersColumn, documentCount: number, low: number, high: number): Bitset {
  const documents = new Bitset(documentCount);
  const { packed, base, scale, present } = column;
  for (let i = 0; i < documentCount; i++) {
    const value = base + packed[i]! / scale;
    if (value >= low && value <= high) documents.add(i);
  }
  return present ? documents.and(present) : documents;
}

function scanMultiple(
  { packed, base, scale, offsets }: NumbersColumn,
  documentCount: number,
  low: number,
  high: number,
): Bitset {
  const documents = new Bitset(documentCount);
  for (let i = 0; i < documentCount; i++) {
    for (let at = offsets![i]!; at < offsets![i + 1]!; at++) {
      const value = base + packed[at]! / scale;
      if (value >= low && value <= high) documents.add(i);
    }
  }
  return documents;
}
