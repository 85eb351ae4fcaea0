/** Lines that a sieve sorted, as a reader of records takes them: numbers and bytes, so that threads can hand them on. */
import { isPrefix, timeAt } from '../layout/prefix.js';
import type { Layout } from '../layout/record.js';
import { decodeLines } from '../scan/encoding.js';
import { joinBytes } from '../scan/joinBytes.js';
import type { Sieve } from '../scan/sieve.js';

/** Consecutive lines of a log: stretches that were left out and kept, in turn. */
export interface Sifted {
  /** The numbers of each stretch, see {@link stretchesOf}. */
  readonly numbers: Float64Array;
  /** The kept lines, one after the other. */
  readonly kept: Uint8Array;
}

/** A stretch: lines that were left out, and kept ones behind them. */
export interface SiftedStretch {
  readonly skippedLines: number;
  /** Records, each with a head of the layout at hand, that these lines were. */
  readonly skippedHeads: number;
  readonly skippedBytes: number;
  /** Smallest and greatest time that these heads print, epoch ms of their unnamed zone; 0 without any head. */
  readonly first: number;
  readonly last: number;
  /** Number of kept lines. */
  readonly lines: number;
  /** Where they end in the log, 0-based byte. */
  readonly to: number;
}

const fields = 7;

/** The stretches of sifted lines. */
export function* stretchesOf({ numbers }: Sifted): Generator<SiftedStretch> {
  for (let at = 0; at < numbers.length; at += fields) {
    yield {
      skippedLines: numbers[at] ?? 0,
      skippedHeads: numbers[at + 1] ?? 0,
      skippedBytes: numbers[at + 2] ?? 0,
      first: numbers[at + 3] ?? 0,
      last: numbers[at + 4] ?? 0,
      lines: numbers[at + 5] ?? 0,
      to: numbers[at + 6] ?? 0,
    };
  }
}

/** Where the last stretch ends in the log, 0-based byte; null without any. */
export function endOf({ numbers }: Sifted): number | null {
  return numbers.at(-1) ?? null;
}

/** Sifted lines one after the other as one, in memory of its own. */
export function joinSifted(parts: Iterable<Sifted>): Sifted {
  const numbers: Float64Array[] = [];
  const kept: Uint8Array[] = [];
  for (const part of parts) {
    numbers.push(part.numbers);
    kept.push(part.kept.slice());
  }
  const all = new Float64Array(numbers.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const one of numbers) {
    all.set(one, at);
    at += one.length;
  }
  return { numbers: all, kept: joinBytes(kept) };
}

/** Whether records whose heads begin so may be left out where they tell nothing. */
export type IsPassed = (layout: Layout, prefix: string) => boolean;

/**
 * Sifts the lines in `[from, to)` of the sieve's block, whose first byte is the `base`-th of the log. What it gives is
 * valid until it is asked for more.
 */
export function* siftLines(
  sieve: Sieve,
  layout: Layout,
  from: number,
  to: number,
  base: number,
  isPassed: IsPassed = () => true,
): Generator<Sifted> {
  const { block } = sieve;
  sieve.reset(from);
  for (let position = from; ;) {
    const stop = sieve.run(to);
    const stretches = sieve.stretches();
    const numbers = new Float64Array(stretches.length * fields);
    stretches.forEach((one, i) => {
      const { skippedLines, skippedHeads, firstAt, lastAt, lines } = one;
      const first = firstAt < 0 ? 0 : timeAt(block, firstAt);
      const last = lastAt < 0 ? 0 : timeAt(block, lastAt);
      numbers.set([skippedLines, skippedHeads, one.from - position, first, last, lines, base + one.to], i * fields);
      position = one.to;
    });
    yield { numbers, kept: sieve.kept() };
    if (stop.why === 'done') return;
    if (stop.why !== 'ask') continue;
    const prefix = decodeLines(block.subarray(stop.from, stop.to));
    sieve.learn(isPrefix(layout, prefix) && isPassed(layout, prefix));
  }
}
