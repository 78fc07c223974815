import type { FieldMerge, MergeSource } from './merge.ts';
import { NumbersCollector } from './numbers-column.ts';
import type { NumbersContents } from './sections.ts';
import type { NumbersColumn } from './segment.ts';

/** Merges a field of numbers: what is alive is unpacked and packed again, for the base and the width may change. */
export async function mergeNumbers(task: FieldMerge): Promise<NumbersContents | undefined> {
  const collector = new NumbersCollector();
  for (const source of task.sources) {
    const column = source.segment.numbers(task.name);
    if (column !== undefined) collect(source, column, collector);
    await task.pause();
  }
  return collector.isEmpty ? undefined : collector.write(task.sink, task.prefix, task.name, task.documentCount);
}

function collect(source: MergeSource, column: NumbersColumn, collector: NumbersCollector): void {
  const { live, base: firstNumber } = source;
  const { base, scale, packed, offsets, present } = column;
  let next = firstNumber;
  for (let document = 0; document < source.segment.documentCount; document++) {
    if (live !== undefined && !live.has(document)) continue;
    const number = next++;
    if (offsets !== undefined) {
      for (let i = offsets[document]!; i < offsets[document + 1]!; i++)
        collector.addOne(number, base + packed[i]! / scale);
    } else if (present === undefined || present.has(document))
      collector.addOne(number, base + packed[document]! / scale);
  }
}
