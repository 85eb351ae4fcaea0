/**
 * Bytes → lines for a reader, as few as give the same as all of them: where the reader stands in plain lines of a known
 * layout, a sieve passes over the records that tell nothing.
 */
import { isPrefix, timeOfPrefix } from '../layout/prefix.js';
import type { Layout } from '../layout/record.js';
import { guards } from '../message/guards.js';
import { createDecoder, decodeLines, encodingSample, wideEncodingOf, type Decoder } from '../scan/encoding.js';
import { createLineSplitter, type LineSplitter } from '../scan/lines.js';
import { blockLength, blockPadding, type Sieve, type Stretch, type Times } from '../scan/sieve.js';
import { createSieve } from '../scan/createSieve.js';

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
  /** Passes over lines that are `heads` records of the plain layout and tell nothing; a head of it comes next. */
  readonly skip: (lines: number, heads: number, bytes: number) => void;
  /** Hears of times that such heads print, as epoch ms of their unnamed zone; the first and the last do. */
  readonly onTime: (ms: number) => void;
}

/** Takes a log's bytes in pieces cut anywhere. */
export interface Feed {
  readonly push: (bytes: Uint8Array) => void;
  /** Gives the last line, if the log does not end with a break. */
  readonly end: () => void;
}

/** Reads a log of two bytes a character. */
interface Wide {
  readonly decoder: Decoder;
  readonly splitter: LineSplitter;
}

/** Bytes that the sieve sorts at once behind a place where it was of no use. */
const leastWindow = 4096;

/** Starts to feed a reader. */
export function createFeed(target: LineTarget, create: () => Sieve = () => createSieve(guards)): Feed {
  let sieve: Sieve | null = null;
  let layout: Layout | null = null;
  let block: Uint8Array = new Uint8Array(blockLength + blockPadding);
  let filled = 0;
  /** A line that is longer than a block, as far as it has come. */
  let long: Uint8Array[] = [];
  let isStart = true;
  let wide: Wide | null = null;
  let window = leastWindow;

  const pushLine = (bytes: Uint8Array): void => {
    const text = decodeLines(bytes);
    const bare = isStart && text.startsWith('\ufeff') ? text.slice(1) : text;
    isStart = false;
    target.push(bare.endsWith('\n') ? withoutReturn(bare.slice(0, -1)) : bare, bytes.length);
  };

  /** Gives the lines of some stretches, up to the first behind which the reader is not as the sieve assumes. */
  const give = (stretches: readonly Stretch[], kept: Uint8Array, from: number, reader: PlainReader): number | null => {
    const text = decodeLines(kept);
    let position = from;
    let at = 0;
    let byte = 0;
    for (const { skippedLines, skippedHeads, lines, from: begin, to } of stretches) {
      if (skippedHeads > 0) reader.skip(skippedLines, skippedHeads, begin - position);
      for (let line = 0; line < lines; line++) {
        const end = text.indexOf('\n', at);
        const next = kept.indexOf(lineFeed, byte) + 1;
        target.push(withoutReturn(text.slice(at, end)), next - byte);
        at = end + 1;
        byte = next;
      }
      position = to;
      if (target.plainReader() !== reader || reader.plainLayout() !== layout) return to;
    }
    return null;
  };

  const tellTimes = (times: Times | null, reader: PlainReader): void => {
    if (times === null) return;
    reader.onTime(timeOfPrefix(times.first));
    reader.onTime(timeOfPrefix(times.last));
  };

  /** Sorts the lines in `[from, to)` of the block, as far as the reader allows; gives how far that was. */
  const sift = (from: number, to: number, reader: PlainReader, plain: Layout): number => {
    if (sieve === null) {
      sieve = create();
      sieve.block.set(block.subarray(0, filled));
      block = sieve.block;
    }
    if (layout !== plain) sieve.forget();
    layout = plain;
    sieve.reset(from);
    for (let begun = from; ;) {
      const stop = sieve.run(to);
      const stretches = sieve.stretches();
      const left = give(stretches, sieve.kept(), begun, reader);
      if (left !== null) {
        // Only the times of what was given count.
        sieve.takeTimes();
        sieve.reset(begun);
        sieve.run(left);
        tellTimes(sieve.takeTimes(), reader);
        return left;
      }
      tellTimes(sieve.takeTimes(), reader);
      begun = stretches.at(-1)?.to ?? begun;
      if (stop.why === 'done') return to;
      if (stop.why === 'ask') sieve.learn(isPrefix(plain, decodeLines(block.subarray(stop.from, stop.to))));
    }
  };

  /** Gives all whole lines of the block and moves what is left to its start. */
  const drain = (): void => {
    const end = block.subarray(0, filled).lastIndexOf(lineFeed) + 1;
    let at = 0;
    if (end > 0 && long.length > 0) {
      at = block.indexOf(lineFeed) + 1;
      pushLine(joined([...long, block.subarray(0, at)]));
      long = [];
    }
    while (at < end) {
      const reader = target.plainReader();
      const plain = reader?.plainLayout() ?? null;
      if (reader === null || plain === null) {
        const next = block.indexOf(lineFeed, at) + 1;
        pushLine(block.subarray(at, next));
        at = next;
        continue;
      }
      const to = at + window >= end ? end : block.indexOf(lineFeed, at + window) + 1;
      at = sift(at, to, reader, plain);
      window = at === to ? Math.min(window * 2, blockLength) : leastWindow;
    }
    block.copyWithin(0, end, filled);
    filled -= end;
  };

  /** A way to read the log as text, where its first bytes show characters of two bytes. */
  const widened = (): Wide | null =>
    isStart && wideEncodingOf(block.subarray(0, filled)) !== null
      ? { decoder: createDecoder(), splitter: createLineSplitter() }
      : null;

  const pushText = ({ splitter }: Wide, text: string): void => {
    for (const line of splitter.push(text)) target.push(line, utf16Bytes * (line.length + 1));
  };

  return {
    push(bytes) {
      for (let taken = 0; taken < bytes.length;) {
        if (wide !== null) {
          pushText(wide, wide.decoder.push(bytes.subarray(taken)));
          return;
        }
        const room = block.length - blockPadding - filled;
        const piece = bytes.subarray(taken, taken + room);
        block.set(piece, filled);
        filled += piece.length;
        taken += piece.length;
        if (isStart && filled < encodingSample) return;
        wide = widened();
        if (wide !== null) {
          pushText(wide, wide.decoder.push(block.subarray(0, filled)));
          continue;
        }
        drain();
        if (filled === block.length - blockPadding) {
          long.push(block.slice(0, filled));
          filled = 0;
        }
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
      const rest = joined([...long, block.subarray(0, filled)]);
      if (rest.length > 0) pushLine(rest);
    },
  };
}

const lineFeed = 0x0a;
const utf16Bytes = 2;

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
