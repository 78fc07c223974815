import type { Bitset } from './bitset.ts';
import { mergeDocuments } from './merge-documents.ts';
import { mergeNumbers } from './merge-numbers.ts';
import { mergePostings } from './merge-postings.ts';
import { mergeTerms } from './merge-terms.ts';
import { Pacer } from './pacer.ts';
import type { FieldContents, SectionSink, SegmentContents } from './sections.ts';
import type { StoredSegment } from './stored-segment.ts';

/** One segment of a merge. Documents keep their order; the deleted are left out. */
export interface MergeInput {
  readonly segment: StoredSegment;
  /** Undefined: all of them. */
  readonly live: Bitset | undefined;
}

/**
 * Writes several segments as one into `sink`, sources and `_id`s deflated. A pure function of its inputs.
 * Gives way to the event loop every few milliseconds.
 */
export async function mergeSegments(inputs: readonly MergeInput[], sink: SectionSink): Promise<SegmentContents> {
  const sources = numberDocuments(inputs);
  const documentCount = sources.reduce((sum, source) => sum + source.count, 0);
  const pause = new Pacer().pause;
  const fields: FieldContents[] = [];
  for (const [name, storage] of fieldsOf(inputs)) {
    const task: FieldMerge = { name, prefix: String(fields.length), sources, documentCount, sink, pause };
    const field = await mergeField(storage, task);
    if (field !== undefined) fields.push(field);
    await pause();
  }
  return { documentCount, fields, ...(await mergeDocuments(sources, documentCount, sink, pause)) };
}

export interface MergeSource extends MergeInput {
  /** Number of its first document in the merged segment. */
  readonly base: number;
  /** How many of its documents stay. */
  readonly count: number;
  /** New number of each old document, for those that stay; undefined: old + base. */
  readonly numbers: Uint32Array | undefined;
}

export interface FieldMerge {
  readonly name: string;
  readonly prefix: string;
  readonly sources: readonly MergeSource[];
  readonly documentCount: number;
  readonly sink: SectionSink;
  readonly pause: () => Promise<void> | undefined;
}

/** @returns undefined when no document that stays has the field. */
async function mergeField(storage: FieldContents['storage'], task: FieldMerge): Promise<FieldContents | undefined> {
  if (storage === 'terms') return mergeTerms(task);
  return storage === 'numbers' ? mergeNumbers(task) : mergePostings(task);
}

/** Where each document of each input goes. */
export function numberDocuments(inputs: readonly MergeInput[]): MergeSource[] {
  let base = 0;
  return inputs.map(({ segment, live }) => {
    let next = base;
    const numbers = live && new Uint32Array(segment.documentCount);
    if (numbers !== undefined) for (const document of live!.toArray()) numbers[document] = next++;
    const count = live === undefined ? segment.documentCount : next - base;
    const source = { segment, live, base, count, numbers };
    base += count;
    return source;
  });
}

function fieldsOf(inputs: readonly MergeInput[]): Map<string, FieldContents['storage']> {
  const fields = new Map<string, FieldContents['storage']>();
  for (const { segment } of inputs) {
    for (const { name, storage } of segment.contents.fields) {
      if ((fields.get(name) ?? storage) !== storage)
        throw new Error(`field [${name}] is stored both as ${fields.get(name)} and as ${storage}`);
      fields.set(name, storage);
    }
  }
  return fields;
}
