/** Who reads the lines of a log, and how it is given lines of which some may be passed over. */
import type { Layout } from '../layout/record.js';
import { decodeLines } from '../scan/encoding.js';
import { lineFeed, withoutReturn } from '../scan/lines.js';
import { stretchesOf, type Sifted, type SiftedStretch } from './sift.js';

/** Who reads the lines of a log. */
export interface LineTarget {
  /** Takes the next line without its break, of `bytes` with it. */
  readonly push: (line: string, bytes: number) => void;
  /** Who takes the next line, if records may be passed over. */
  readonly plainReader: () => PlainReader | null;
}

/** Where records may be passed over. */
export interface PlainReader {
  /** The layout whose heads may be passed over now; null where each line must be read. */
  readonly plainLayout: () => Layout | null;
  /** Passes over the lines that a stretch leaves out; a head of the plain layout comes next. */
  readonly skip: (stretch: SiftedStretch) => void;
}

/**
 * Gives lines that were sifted for heads of this layout, instead of their bytes. Gives the byte behind which the reader is
 * not as that assumes, so that the bytes from there on must be pushed; null where it took all.
 */
export function pushSifted(target: LineTarget, sifted: Sifted, layout: Layout): number | null {
  const { kept } = sifted;
  const reader = target.plainReader();
  const text = decodeLines(kept);
  /** Then columns are bytes. */
  const isNarrow = text.length === kept.length;
  let at = 0;
  let byte = 0;
  for (const stretch of stretchesOf(sifted)) {
    if (stretch.skippedHeads > 0) reader?.skip(stretch);
    for (let line = 0; line < stretch.lines; line++) {
      const end = text.indexOf('\n', at);
      const next = isNarrow ? end + 1 : kept.indexOf(lineFeed, byte) + 1;
      target.push(withoutReturn(text.slice(at, end)), next - byte);
      at = end + 1;
      byte = next;
    }
    if (target.plainReader() !== reader || reader?.plainLayout() !== layout) return stretch.to;
  }
  return null;
}
