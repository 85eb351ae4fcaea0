/**
 * Bytes → lines for a reader, as few as give the same as all of them: where the reader stands in plain lines of a known
 * layout, a sieve passes over the records that tell nothing.
 */
import type { Layout } from '../layout/record.js';
import { guards } from '../message/guards.js';
import { createDecoder, decodeLines, encodingSample, wideEncodingOf, type Decoder } from '../scan/encoding.js';
import { joinBytes } from '../scan/joinBytes.js';
import { createLineSplitter, lineFeed, withoutReturn, type LineSplitter } from '../scan/lines.js';
import { blockLength, blockPadding, type Sieve } from '../scan/sieve.js';
import { createSieve } from '../scan/createSieve.js';
import { siftLines, stretchesOf, type IsPassed, type Sifted, type SiftedStretch } from './sift.js';

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

/** Takes a log's bytes in pieces cut anywhere. */
export interface Feed {
  readonly push: (bytes: Uint8Array) => void;
  /** Whether the bytes are UTF-16, so that no sieve finds their lines. */
  readonly isWide: () => boolean;
  /**
   * Takes lines that were sifted elsewhere for heads of this layout, instead of their bytes. Gives the byte behind which
   * the reader is not as that assumes, so that the bytes from there on must be pushed; null where it took all.
   */
  readonly take: (sifted: Sifted, layout: Layout) => number | null;
  /** Forgets the bytes of a line that is not complete, and gives their number. */
  readonly drop: () => number;
  /** Gives the last line, if the log does not end with a break. */
  readonly end: () => void;
  /** Goes on from here by itself for another reader, whose state is that of this one's; keeps little memory until then. */
  readonly fork: (target: LineTarget) => Feed;
}

/** How a log's bytes are read. */
export interface Reading {
  /** They are UTF-8, whatever they look like: the text of an open document. */
  readonly isUtf8?: boolean;
  readonly createSieve?: () => Sieve;
  /** Which records may be passed over, of those that tell nothing; by default all. */
  readonly isPassed?: IsPassed;
}

/** Reads a log of two bytes a character. */
interface Wide {
  readonly decoder: Decoder;
  readonly splitter: LineSplitter;
}

/** Bytes that the sieve sorts at once behind a place where it was of no use. */
const leastWindow = 4096;

/** Sieves of logs that are read: one takes some megabytes. */
const spare: Sieve[] = [];

/** How far a log was fed. */
interface Progress {
  /** Bytes that are not given yet. */
  readonly held: Uint8Array;
  /** A line that is longer than a block, as far as it has come. */
  readonly long: readonly Uint8Array[];
  /** Bytes of that line that are no text of it. */
  readonly left: number;
  readonly isStart: boolean;
  readonly wide: Wide | null;
}

/** Starts to feed a reader. */
export function createFeed(target: LineTarget, reading: Reading = {}): Feed {
  return feedFrom(target, reading, { held: new Uint8Array(0), long: [], left: 0, isStart: true, wide: null });
}

function feedFrom(target: LineTarget, reading: Reading, progress: Progress): Feed {
  const { createSieve: create = () => spare.pop() ?? createSieve(guards), isUtf8 = false, isPassed } = reading;
  let sieve: Sieve | null = null;
  let layout: Layout | null = null;
  /** Shorter than a block until bytes come. */
  let block = progress.held;
  let filled = block.length;
  let long = [...progress.long];
  let { left, isStart, wide } = progress;
  let window = leastWindow;

  const pushLine = (bytes: Uint8Array): void => {
    const size = left + bytes.length;
    const text = left === 0 ? decodeLines(bytes) : decodeLines(bytes).replace(/^\0+/, '');
    left = 0;
    const bare = isStart && text.startsWith('\ufeff') ? text.slice(1) : text;
    isStart = false;
    target.push(bare.endsWith('\n') ? withoutReturn(bare.slice(0, -1)) : bare, size);
  };

  /** Lays aside what fills the block: a part of a long line, or of the hole that truncating a log leaves. */
  const layAside = (): void => {
    const part = block.slice(0, filled);
    const isHole = long.length === 0 && part.every((byte) => byte === 0);
    if (isHole || long.length * part.length >= mostLineBytes) left += filled;
    else long.push(part);
    filled = 0;
  };

  const take = (sifted: Sifted, plain: Layout): number | null => {
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
      if (target.plainReader() !== reader || reader?.plainLayout() !== plain) return stretch.to;
    }
    return null;
  };

  /** Sifts the lines in `[from, to)` of the block, as far as the reader allows; gives how far that was. */
  const sift = (from: number, to: number, plain: Layout): number => {
    if (sieve === null) {
      sieve = create();
      sieve.block.set(block.subarray(0, filled));
      block = sieve.block;
    }
    if (layout !== plain) sieve.forget();
    layout = plain;
    for (const sifted of siftLines(sieve, plain, from, to, 0, isPassed)) {
      const left = take(sifted, plain);
      if (left !== null) return left;
    }
    return to;
  };

  /** Gives all whole lines of the block and moves what is left to its start. */
  const drain = (): void => {
    const end = block.subarray(0, filled).lastIndexOf(lineFeed) + 1;
    let at = 0;
    if (end > 0 && left + long.length > 0) {
      at = block.indexOf(lineFeed) + 1;
      pushLine(joinBytes([...long, block.subarray(0, at)]));
      long = [];
    }
    while (at < end) {
      const plain = target.plainReader()?.plainLayout() ?? null;
      if (plain === null) {
        const next = block.indexOf(lineFeed, at) + 1;
        pushLine(block.subarray(at, next));
        at = next;
        continue;
      }
      const to = at + window >= end ? end : block.indexOf(lineFeed, at + window) + 1;
      at = sift(at, to, plain);
      window = at === to ? Math.min(window * 2, blockLength) : leastWindow;
    }
    block.copyWithin(0, end, filled);
    filled -= end;
  };

  /** A way to read the log as text, where its first bytes show characters of two bytes. */
  const widened = (): Wide | null =>
    isStart && !isUtf8 && wideEncodingOf(block.subarray(0, filled)) !== null
      ? { decoder: createDecoder(), splitter: createLineSplitter() }
      : null;

  const widen = (): void => {
    if (block.length > blockLength) return;
    const wider = new Uint8Array(blockLength + blockPadding);
    wider.set(block.subarray(0, filled));
    block = wider;
  };

  /** Lets go of all memory but for the bytes that are not given yet. */
  const shrink = (): void => {
    block = block.slice(0, filled);
    if (sieve !== null && spare.length === 0) spare.push(sieve);
    sieve = null;
    layout = null;
  };

  const pushText = ({ splitter }: Wide, text: string): void => {
    for (const line of splitter.push(text)) target.push(line, utf16Bytes * (line.length + 1));
  };

  return {
    isWide: () => wide !== null,
    take,
    drop() {
      const dropped = filled + left + long.reduce((sum, part) => sum + part.length, 0);
      filled = 0;
      left = 0;
      long = [];
      return dropped;
    },
    push(bytes) {
      for (let taken = 0; taken < bytes.length;) {
        if (wide !== null) {
          pushText(wide, wide.decoder.push(bytes.subarray(taken)));
          return;
        }
        widen();
        const room = block.length - blockPadding - filled;
        const piece = bytes.subarray(taken, taken + room);
        block.set(piece, filled);
        filled += piece.length;
        taken += piece.length;
        if (isStart && !isUtf8 && filled < encodingSample) return;
        wide = widened();
        if (wide !== null) {
          pushText(wide, wide.decoder.push(block.subarray(0, filled)));
          continue;
        }
        drain();
        if (filled === block.length - blockPadding) layAside();
      }
    },
    end() {
      if (wide === null) {
        wide = widened();
        if (wide !== null) pushText(wide, wide.decoder.push(block.subarray(0, filled)));
      }
      if (wide !== null) {
        pushText(wide, wide.decoder.end());
        for (const line of wide.splitter.end()) target.push(line, utf16Bytes * line.length);
        return;
      }
      drain();
      shrink();
      const rest = joinBytes([...long, block.subarray(0, filled)]);
      filled = 0;
      long = [];
      if (left + rest.length > 0) pushLine(rest);
    },
    fork(other) {
      shrink();
      return feedFrom(other, reading, {
        held: block.slice(),
        long,
        left,
        isStart,
        wide: wide && { decoder: wide.decoder.fork(), splitter: wide.splitter.fork() },
      });
    },
  };
}

/** Bytes of a line that are read as text, but for a block; what is beyond no program logged. */
const mostLineBytes = 64 * 1024 * 1024;
const utf16Bytes = 2;
