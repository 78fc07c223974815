import { Uint32List } from './lists.ts';
import type { FieldMerge, MergeSource } from './merge.ts';
import { mergeDictionaries } from './merge-dictionaries.ts';
import { writeDictionary } from './dictionary.ts';
import type { TermsContents } from './sections.ts';
import type { Ordinals, TermsColumn } from './segment.ts';
import { writeColumn } from './terms-column.ts';
import { allocate, widthFor } from './widths.ts';

/** Merges a field of keywords or ip addresses: dictionaries become one, ordinals are translated. */
export async function mergeTerms(task: FieldMerge): Promise<TermsContents | undefined> {
  const { name, prefix, documentCount, sink, pause } = task;
  const inputs = task.sources.flatMap((source) => {
    const column = source.segment.terms(name);
    return column === undefined ? [] : [{ source, column }];
  });
  const used = inputs.map(({ source, column }) => usedOrdinals(source, column));
  const merged = await mergeDictionaries(
    inputs.map(({ column }) => column.dictionary),
    used,
    pause,
  );
  if (merged.offsets.length === 1) return undefined;
  await writeDictionary(sink, prefix, merged);
  const width = widthFor(merged.offsets.length - 1);
  if (inputs.every(({ column }) => column.offsets === undefined)) {
    const ordinals = allocate(width, documentCount) as Ordinals;
    for (const [i, { source, column }] of inputs.entries()) {
      translate(source, column.ordinals, merged.ordinals[i]!, ordinals);
      await pause();
    }
    return writeColumn(sink, prefix, name, ordinals, undefined);
  }
  const offsets = new Uint32Array(documentCount + 1);
  const list = new Uint32List();
  for (const [i, { source, column }] of inputs.entries()) {
    gather(source, column, merged.ordinals[i]!, list, offsets);
    await pause();
  }
  // Documents without the field have left 0 behind; each begins where the one before it ended.
  for (let document = 0; document < documentCount; document++) offsets[document + 1]! += offsets[document]!;
  const ordinals = allocate(width, list.length) as Ordinals;
  ordinals.set(list.view());
  return writeColumn(sink, prefix, name, ordinals, offsets);
}

function usedOrdinals({ segment, live }: MergeSource, column: TermsColumn): Uint8Array | undefined {
  if (live === undefined) return undefined;
  const used = new Uint8Array(column.dictionary.size);
  for (let document = 0; document < segment.documentCount; document++) {
    if (!live.has(document)) continue;
    const end = column.offsets === undefined ? document + 1 : column.offsets[document + 1]!;
    for (let i = column.offsets === undefined ? document : column.offsets[document]!; i < end; i++) {
      if (column.ordinals[i] !== 0) used[column.ordinals[i]! - 1] = 1;
    }
  }
  return used;
}

function translate(source: MergeSource, from: Ordinals, translation: Uint32Array, to: Ordinals): void {
  const { live, base } = source;
  let next = base;
  for (let document = 0; document < source.segment.documentCount; document++) {
    if (live !== undefined && !live.has(document)) continue;
    const ordinal = from[document]!;
    to[next++] = ordinal === 0 ? 0 : translation[ordinal - 1]! + 1;
  }
}

/** Appends the ordinals of multi-valued documents, and counts them into `counts[document + 1]`. */
function gather(
  source: MergeSource,
  column: TermsColumn,
  translation: Uint32Array,
  list: Uint32List,
  counts: Uint32Array,
): void {
  const { live, base } = source;
  const { ordinals, offsets } = column;
  let next = base;
  for (let document = 0; document < source.segment.documentCount; document++) {
    if (live !== undefined && !live.has(document)) continue;
    const before = list.length;
    const end = offsets === undefined ? document + 1 : offsets[document + 1]!;
    for (let i = offsets === undefined ? document : offsets[document]!; i < end; i++) {
      if (ordinals[i] !== 0) list.push(translation[ordinals[i]! - 1]! + 1);
    }
    counts[++next] = list.length - before;
  }
}
