/** Sifts a part of a file: what a thread does. */
import { closeSync, openSync, readSync } from 'node:fs';
import { endOf, joinSifted, siftLines, type Sifted } from '../checkpoint/sift.js';
import { prefixedLayout } from '../layout/prefix.js';
import type { Layout } from '../layout/record.js';
import { createSieve } from '../scan/createSieve.js';
import { lineFeed } from '../scan/lines.js';
import { blockLength, type Guards, type Sieve } from '../scan/sieve.js';

/** Bytes `[from, to)` of a file. The lines that begin in them are meant. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The lines that begin in a part. */
export interface SiftedPart extends Sifted {
  /** Where the first of them begins, and where the last whole one ends; equal where there is none. */
  readonly start: number;
  readonly end: number;
}

/** A part to sift. */
export interface PartTask extends Range {
  readonly path: string;
  /** Id of a layout whose heads begin alike. */
  readonly layout: string;
}

/** Sifts one part after the other, with one sieve. What it gives throws where the file cannot be read. */
export function createPartSifter(guards: Guards): (task: PartTask) => SiftedPart {
  const sieve = createSieve(guards);
  let known: Layout | null = null;
  return ({ path, layout, from, to }) => {
    const asked = prefixedLayout(layout);
    if (asked === null) throw new Error(`no layout ${layout} whose heads begin alike`);
    if (asked !== known) sieve.forget();
    known = asked;
    const file = openSync(path, 'r');
    try {
      return siftPart(file, { from, to }, asked, sieve);
    } finally {
      closeSync(file);
    }
  };
}

/** Sifts a part of an open file with heads of this layout. Stops early at a line that is longer than a block. */
export function siftPart(file: number, { from, to }: Range, layout: Layout, sieve: Sieve): SiftedPart {
  const { block } = sieve;
  const parts: Sifted[] = [];
  // A line begins at `from` if the byte before it is a line feed.
  let base = Math.max(0, from - 1);
  let filled = 0;
  let start = from === 0 ? 0 : -1;
  let end = start;
  for (;;) {
    const got = readSync(file, block, filled, blockLength - filled, base + filled);
    filled += got;
    const bytes = block.subarray(0, filled);
    if (start < 0) {
      const first = bytes.indexOf(lineFeed) + 1;
      if (first > 0) start = end = base + first;
    }
    // The line with the last byte of the part is the last one.
    const whole = base + bytes.lastIndexOf(lineFeed) + 1;
    const until = whole > to ? base + bytes.indexOf(lineFeed, Math.max(0, to - 1 - base)) + 1 : whole;
    if (start >= 0 && start < to && until > end) {
      parts.push(joinSifted(siftLines(sieve, layout, end - base, until - base, base)));
      end = until;
    }
    if (got === 0 || end >= to || (end <= base && filled === blockLength)) break;
    const done = start < 0 ? filled : Math.max(0, end - base);
    block.copyWithin(0, done, filled);
    base += done;
    filled -= done;
  }
  const sifted = joinSifted(parts);
  return { ...sifted, start: start < 0 ? to : start, end: endOf(sifted) ?? (start < 0 ? to : start) };
}
