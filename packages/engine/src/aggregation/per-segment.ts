import type { SegmentView } from '../segment/segment.ts';

/** Makes something once a segment: batches of one segment come one after the other, so only the last one is kept. */
export function perSegment<T>(make: (view: SegmentView) => T): (view: SegmentView) => T {
  let last: { readonly view: SegmentView; readonly made: T } | undefined;
  return (view) => {
    if (last?.view !== view) last = { view, made: make(view) };
    return last.made;
  };
}
