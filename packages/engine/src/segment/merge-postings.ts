import type { FieldMerge, MergeSource } from './merge.ts';
import { mergeDictionaries } from './merge-dictionaries.ts';
import type { StoredPostings } from './postings-reader.ts';
import { FieldLengths, PostingsWriter } from './postings-writer.ts';
import type { PostingsContents } from './sections.ts';

interface Input {
  readonly source: MergeSource;
  readonly postings: StoredPostings;
}

/** Merges a text field: the lists of a term follow each other, because the documents of the inputs do. */
export async function mergePostings(task: FieldMerge): Promise<PostingsContents | undefined> {
  const { name, prefix, sink, pause } = task;
  const inputs = task.sources.flatMap((source): Input[] => {
    const postings = source.segment.postings(name);
    return postings === undefined ? [] : [{ source, postings }];
  });
  const lengths = mergeLengths(task, inputs);
  if (lengths.present.isEmpty()) return undefined;
  const used: (Uint8Array | undefined)[] = [];
  for (const input of inputs) used.push(await usedTerms(input, pause));
  const merged = await mergeDictionaries(
    inputs.map(({ postings }) => postings.dictionary),
    used,
    pause,
  );
  const owners = ownersByTerm(merged.ordinals, used, merged.offsets.length - 1);
  const writer = new PostingsWriter();
  let total = 0;
  for (let ordinal = 0; ordinal < owners.length; ordinal++) {
    for (const [input, own] of owners[ordinal]!) total += copyList(inputs[input]!, own, writer);
    writer.endTerm();
    const due = pause();
    if (due !== undefined) await due;
  }
  lengths.total = total;
  return writer.write(sink, prefix, name, merged, lengths);
}

/** Per new ordinal, the inputs that have the term, in their order, and its ordinal there. */
function ownersByTerm(
  ordinals: readonly Uint32Array[],
  used: readonly (Uint8Array | undefined)[],
  size: number,
): (readonly [input: number, ordinal: number])[][] {
  const owners: [number, number][][] = Array.from({ length: size }, () => []);
  for (const [input, translation] of ordinals.entries()) {
    for (let own = 0; own < translation.length; own++) {
      if (used[input]?.[own] !== 0) owners[translation[own]!]!.push([input, own]);
    }
  }
  return owners;
}

/** Which terms still have a document: undefined when nothing is deleted. */
async function usedTerms({ source, postings }: Input, pause: FieldMerge['pause']): Promise<Uint8Array | undefined> {
  const { live } = source;
  if (live === undefined) return undefined;
  const used = new Uint8Array(postings.dictionary.size);
  for (let ordinal = 0; ordinal < used.length; ordinal++) {
    if (postings.decode(ordinal).documents.some((document) => live.has(document))) used[ordinal] = 1;
    const due = pause();
    if (due !== undefined) await due;
  }
  return used;
}

/** Copies what is alive of one list. @returns the sum of its frequencies. */
function copyList({ source, postings }: Input, ordinal: number, writer: PostingsWriter): number {
  const { live, base, numbers } = source;
  let total = 0;
  if (live === undefined || numbers === undefined) {
    const { documents, frequencies } = postings.decode(ordinal);
    for (let i = 0; i < documents.length; i++) {
      writer.document(documents[i]! + base, frequencies[i]!);
      total += frequencies[i]!;
    }
    writer.encodedPositions(postings.encodedPositions(ordinal));
    return total;
  }
  const { documents, frequencies, positions } = postings.decodePositions(ordinal);
  for (let i = 0, next = 0; i < documents.length; next += frequencies[i++]!) {
    if (!live.has(documents[i]!)) continue;
    writer.document(numbers[documents[i]!]!, frequencies[i]!);
    for (let k = 0; k < frequencies[i]!; k++) writer.position(positions[next + k]!);
    total += frequencies[i]!;
  }
  return total;
}

function mergeLengths(task: FieldMerge, inputs: readonly Input[]): FieldLengths {
  const lengths = new FieldLengths(task.documentCount);
  for (const { source, postings } of inputs) {
    const present = source.segment.present(task.name)!;
    const documents = source.live === undefined ? present : present.clone().and(source.live);
    for (const document of documents.toArray()) {
      lengths.add(source.numbers?.[document] ?? document + source.base, postings.norms[document]!);
    }
  }
  return lengths;
}
