/** Bytes → lines, in encodings that have ASCII's bytes for ASCII, so that a sieve finds the lines that matter. */
import type { Layout } from '../layout/record.js';
import { decodeLines } from '../scan/encoding.js';
import { joinBytes } from '../scan/joinBytes.js';
import { lineFeed, withoutReturn } from '../scan/lines.js';
import { blockLength, type Sieve } from '../scan/sieve.js';
import { createBlock } from './block.js';
import { pushSifted, type LineTarget } from './lineTarget.js';
import type { IsPassed } from './sift.js';

/** Takes the bytes of a log whose encoding is known. */
export interface ByteFeed {
  readonly push: (bytes: Uint8Array) => void;
  /** Forgets the bytes of a line that is not complete, and gives their number. */
  readonly drop: () => number;
  readonly end: () => void;
  readonly fork: (target: LineTarget) => ByteFeed;
}

/** How lines are passed over. */
export interface Sifting {
  readonly createSieve?: () => Sieve;
  /** Which records may be passed over, of those that tell nothing; by default all. */
  readonly isPassed?: IsPassed;
}

/** A line that is longer than a block, as far as it has come. */
interface LongLine {
  readonly parts: readonly Uint8Array[];
  /** Bytes of it that are no text: of a hole that truncating a log leaves, or behind what any program logged. */
  readonly left: number;
}

const noLine: LongLine = { parts: [], left: 0 };

/** Bytes of a line that are read as text, but for a block; what is beyond no program logged. */
const mostLineBytes = 64 * 1024 * 1024;

/** Bytes that the sieve sorts at once behind a place where it was of no use. */
const leastWindow = 4096;

/** How far a log was fed. */
interface Progress {
  /** Bytes that are not given yet, behind those of the long line. */
  readonly held: Uint8Array;
  readonly long: LongLine;
  /** Whether no line was given yet. */
  readonly isStart: boolean;
}

/** Starts to feed a reader. */
export function createByteFeed(target: LineTarget, sifting: Sifting): ByteFeed {
  return byteFeedFrom(target, sifting, { held: new Uint8Array(0), long: noLine, isStart: true });
}

function byteFeedFrom(target: LineTarget, sifting: Sifting, progress: Progress): ByteFeed {
  const block = createBlock(progress.held, sifting.createSieve);
  let { long, isStart } = progress;
  let window = leastWindow;

  /** Gives the line that ends with these bytes. */
  const pushLine = (bytes: Uint8Array): void => {
    const text = textOf(long, bytes);
    const bare = isStart && text.startsWith('\ufeff') ? text.slice(1) : text;
    const size = sizeOf(long) + bytes.length;
    isStart = false;
    long = noLine;
    target.push(bare.endsWith('\n') ? withoutReturn(bare.slice(0, -1)) : bare, size);
  };

  /** Gives lines in `[from, end)` by the sieve, as far as it may be of use; gives how far that was. */
  const sift = (from: number, end: number, layout: Layout): number => {
    const to = from + window >= end ? end : block.bytes().indexOf(lineFeed, from + window) + 1;
    for (const sifted of block.sift(layout, from, to, sifting.isPassed)) {
      const left = pushSifted(target, sifted, layout);
      if (left === null) continue;
      window = leastWindow;
      return left;
    }
    window = Math.min(window * 2, blockLength);
    return to;
  };

  /** Gives all whole lines of the block. */
  const drain = (): void => {
    const bytes = block.bytes();
    const end = bytes.lastIndexOf(lineFeed) + 1;
    for (let at = 0; at < end;) {
      const layout = long === noLine ? (target.plainReader()?.plainLayout() ?? null) : null;
      if (layout !== null) {
        at = sift(at, end, layout);
        continue;
      }
      const next = bytes.indexOf(lineFeed, at) + 1;
      pushLine(bytes.subarray(at, next));
      at = next;
    }
    block.forget(end);
  };

  return {
    push(bytes) {
      for (let taken = 0; taken < bytes.length;) {
        taken += block.fill(bytes.subarray(taken));
        drain();
        if (!block.isFull()) continue;
        long = longer(long, block.bytes());
        block.forget(blockLength);
      }
    },
    drop() {
      const held = block.bytes().length;
      const dropped = sizeOf(long) + held;
      block.forget(held);
      long = noLine;
      return dropped;
    },
    end() {
      drain();
      block.shrink();
      const rest = block.bytes();
      if (sizeOf(long) + rest.length > 0) pushLine(rest);
    },
    fork(other) {
      block.shrink();
      return byteFeedFrom(other, sifting, { held: block.bytes().slice(), long, isStart });
    },
  };
}

function longer({ parts, left }: LongLine, bytes: Uint8Array): LongLine {
  const isHole = parts.length === 0 && bytes.every((byte) => byte === 0);
  return isHole || parts.length * blockLength >= mostLineBytes
    ? { parts, left: left + bytes.length }
    : { parts: [...parts, bytes.slice()], left };
}

const sizeOf = ({ parts, left }: LongLine): number => parts.reduce((sum, part) => sum + part.length, left);

/** The text of a line that ends with these bytes. */
function textOf({ parts, left }: LongLine, last: Uint8Array): string {
  const text = decodeLines(parts.length === 0 ? last : joinBytes([...parts, last]));
  return left === 0 ? text : text.replace(/^\0+/, '');
}
