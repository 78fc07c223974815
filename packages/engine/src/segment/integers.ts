import type { IntegersContents, SectionSink, SectionSource } from './sections.ts';
import { allocate, viewAs, widthFor } from './widths.ts';

/** Writes one integer per document. A run (sequence numbers) or a constant (versions) takes no bytes at all. */
export async function writeIntegers(
  sink: SectionSink,
  name: string,
  values: Float64Array,
  slope: 0 | 1,
): Promise<IntegersContents> {
  let base = Infinity;
  let reach = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const rest = values[i]! - slope * i;
    if (rest < base) base = rest;
    if (rest > reach) reach = rest;
  }
  if (values.length === 0 || reach === base) return { base: values.length === 0 ? 0 : base, slope, width: 0 };
  const width = widthFor(reach - base);
  const packed = allocate(width, values.length);
  for (let i = 0; i < values.length; i++) packed[i] = values[i]! - slope * i - base;
  await sink.write(name, packed);
  return { base, slope, width };
}

export function readInteger(
  sections: SectionSource,
  name: string,
  contents: IntegersContents,
  document: number,
): number {
  const start = contents.base + contents.slope * document;
  return contents.width === 0 ? start : start + viewAs(contents.width, sections.read(name))[document]!;
}
