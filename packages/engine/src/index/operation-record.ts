/** What the translog keeps of one write, and what a replay needs to repeat it without deciding anything again. */
export type OperationRecord =
  | {
      readonly kind: 'index';
      readonly id: string;
      readonly sequenceNumber: number;
      readonly version: number;
      readonly routing: string | undefined;
      readonly source: Uint8Array;
    }
  | { readonly kind: 'delete'; readonly id: string; readonly sequenceNumber: number; readonly version: number }
  /** The mapping as it is from here on, whether a request or a document changed it. */
  | { readonly kind: 'mapping'; readonly mapping: unknown };

/**
 * Encodes records as one batch of the translog. A record: header length (uint32), source length (uint32), header (JSON), source.
 * Header: `[sequence number, version, id, routing?]` of a document, `[sequence number, version, id, 0]` of a delete, or the mapping itself.
 */
export function encodeRecords(records: readonly OperationRecord[]): Buffer {
  const headers = records.map(encodeHeader);
  let length = 0;
  for (const [i, record] of records.entries()) length += 8 + Buffer.byteLength(headers[i]!) + sourceOf(record).length;
  const batch = Buffer.allocUnsafe(length);
  let offset = 0;
  for (const [i, record] of records.entries()) {
    const source = sourceOf(record);
    const headerLength = batch.write(headers[i]!, offset + 8);
    batch.writeUInt32LE(headerLength, offset);
    batch.writeUInt32LE(source.length, offset + 4);
    batch.set(source, offset + 8 + headerLength);
    offset += 8 + headerLength + source.length;
  }
  return batch;
}

export function* decodeRecords(payload: Uint8Array): Generator<OperationRecord> {
  const buffer = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  for (let offset = 0; offset < buffer.length;) {
    const headerEnd = offset + 8 + buffer.readUInt32LE(offset);
    const end = headerEnd + buffer.readUInt32LE(offset + 4);
    const header: unknown = JSON.parse(buffer.toString('utf8', offset + 8, headerEnd));
    yield decodeRecord(header, buffer.subarray(headerEnd, end));
    offset = end;
  }
}

const NOTHING = new Uint8Array(0);

function sourceOf(record: OperationRecord): Uint8Array {
  return record.kind === 'index' ? record.source : NOTHING;
}

function encodeHeader(record: OperationRecord): string {
  if (record.kind === 'mapping') return JSON.stringify(record.mapping);
  const { sequenceNumber, version, id } = record;
  if (record.kind === 'delete') return JSON.stringify([sequenceNumber, version, id, 0]);
  return JSON.stringify(
    record.routing === undefined ? [sequenceNumber, version, id] : [sequenceNumber, version, id, record.routing],
  );
}

/** The checksum says that this is what was written, so its shape is trusted. */
function decodeRecord(header: unknown, source: Uint8Array): OperationRecord {
  if (!Array.isArray(header)) return { kind: 'mapping', mapping: header };
  const [sequenceNumber, version, id, last] = header as [number, number, string, (string | 0)?];
  if (last === 0) return { kind: 'delete', id, sequenceNumber, version };
  return { kind: 'index', id, sequenceNumber, version, routing: last, source };
}
