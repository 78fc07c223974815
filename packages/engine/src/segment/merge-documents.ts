import { DeflatedBlobs } from './blobs.ts';
import { DeflatedBlobsWriter } from './blobs-writer.ts';
import { writeHashes } from './identifiers.ts';
import { writeIntegers } from './integers.ts';
import type { MergeSource } from './merge.ts';
import type { SectionSink, SegmentContents } from './sections.ts';
import { viewAs, viewAsUint32, widthFor } from './widths.ts';

type Pause = () => Promise<void> | undefined;
type DocumentContents = Omit<SegmentContents, 'documentCount' | 'fields'>;

/** Merges what every document has: `_id`, sequence number, version, routing, source. */
export async function mergeDocuments(
  sources: readonly MergeSource[],
  documentCount: number,
  sink: SectionSink,
  pause: Pause,
): Promise<DocumentContents> {
  const routed = sources.some(({ segment }) => segment.contents.routed);
  await mergeBlobs('identifiers', sources, sink, pause);
  await writeHashes(sink, mergeHashes(sources, documentCount), pause);
  await mergeBlobs('sources', sources, sink, pause);
  if (routed) await mergeRoutings(sources, sink);
  const sequence = integers(sources, documentCount, (source, document) => source.segment.sequenceNumber(document));
  const versions = integers(sources, documentCount, (source, document) => source.segment.version(document));
  return {
    sequenceNumbers: await writeIntegers(sink, 'sequence', sequence, 1),
    versions: await writeIntegers(sink, 'versions', versions, 0),
    deflated: true,
    routed,
  };
}

/** Blocks in which all is alive are copied as they are; the others are unpacked. */
async function mergeBlobs(
  name: 'identifiers' | 'sources',
  sources: readonly MergeSource[],
  sink: SectionSink,
  pause: Pause,
): Promise<void> {
  const writer = new DeflatedBlobsWriter(sink, name);
  for (const { segment, live } of sources) {
    const blobs = segment.blobs(name);
    const blocks = blobs instanceof DeflatedBlobs ? blobs.blockCount : 1;
    for (let block = 0; block < blocks; block++) {
      const { first, end } =
        blobs instanceof DeflatedBlobs ? blobs.documentsOf(block) : { first: 0, end: segment.documentCount };
      const whole = live === undefined || live.countBetween(first, end) === end - first;
      if (blobs instanceof DeflatedBlobs && whole && end - first >= COPIED_FROM) {
        await writer.copy(blobs.encoded(block).bytes, end - first);
      } else {
        for (let document = first; document < end; document++) {
          if (live === undefined || live.has(document)) await writer.add(blobs.get(document));
        }
      }
      await pause();
    }
  }
  await writer.end();
}

/** Smaller blocks are packed together, or the tails of many merges would add up. */
const COPIED_FROM = 128;

/** The hashes are known already: no `_id` need be unpacked. */
function mergeHashes(sources: readonly MergeSource[], documentCount: number): Uint32Array {
  const merged = new Uint32Array(documentCount);
  for (const { segment, live, base, numbers } of sources) {
    const hashes = viewAsUint32(segment.sections.read('hashes'));
    const documents = viewAs(widthFor(segment.documentCount), segment.sections.read('hashes.documents'));
    for (let i = 0; i < hashes.length; i++) {
      const document = documents[i]!;
      if (live === undefined || live.has(document)) merged[numbers?.[document] ?? document + base] = hashes[i]!;
    }
  }
  return merged;
}

async function mergeRoutings(sources: readonly MergeSource[], sink: SectionSink): Promise<void> {
  const writer = new DeflatedBlobsWriter(sink, 'routings');
  for (const { segment, live } of sources) {
    for (let document = 0; document < segment.documentCount; document++) {
      if (live === undefined || live.has(document)) await writer.add(Buffer.from(segment.routing(document) ?? ''));
    }
  }
  await writer.end();
}

function integers(
  sources: readonly MergeSource[],
  documentCount: number,
  valueOf: (source: MergeSource, document: number) => number,
): Float64Array {
  const values = new Float64Array(documentCount);
  let next = 0;
  for (const source of sources) {
    for (let document = 0; document < source.segment.documentCount; document++) {
      if (source.live === undefined || source.live.has(document)) values[next++] = valueOf(source, document);
    }
  }
  return values;
}
