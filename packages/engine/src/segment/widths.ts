import type { Ordinals } from './segment.ts';
import type { Width } from './sections.ts';

export type Packed = Ordinals | Float64Array;

/** The narrowest width whose unsigned integers reach `maximum`; 8 (Float64) beyond 32 bits. */
export function widthFor(maximum: number): Width {
  if (maximum <= 0xff) return 1;
  if (maximum <= 0xffff) return 2;
  return maximum <= 0xffff_ffff ? 4 : 8;
}

export function allocate(width: Width, length: number): Packed {
  if (width === 1) return new Uint8Array(length);
  if (width === 2) return new Uint16Array(length);
  return width === 4 ? new Uint32Array(length) : new Float64Array(length);
}

/** The bytes of a section as numbers of a width, without a copy. */
export function viewAs(width: Width, bytes: Uint8Array): Packed {
  if (width === 1) return bytes;
  const length = bytes.byteLength / width;
  if (width === 2) return new Uint16Array(bytes.buffer, bytes.byteOffset, length);
  if (width === 4) return new Uint32Array(bytes.buffer, bytes.byteOffset, length);
  return new Float64Array(bytes.buffer, bytes.byteOffset, length);
}

export function viewAsUint32(bytes: Uint8Array): Uint32Array {
  return viewAs(4, bytes) as Uint32Array;
}
