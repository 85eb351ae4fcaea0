/**
 * Finds the lines that matter without decoding the others. A sieve sorts the lines of a block of bytes, in an encoding
 * that has ASCII's bytes for ASCII: heads of the layout at hand, lines of stack traces below them, and whatever else.
 * Records that cannot tell anything are counted and left out; all else is kept, and reading it gives the same as reading
 * everything.
 */

/** Literals of which a line that matters holds one. */
export interface Guards {
  /** What a message may start with, 4 to 32 bytes each. */
  readonly starts: readonly string[];
  /** What may stand anywhere in a message, 3 to 8 bytes each, in at most eight groups of texts whose first three are alike. */
  readonly needles: readonly (readonly string[])[];
  /** What may stand in the header of an exception, 4 to 8 bytes each. */
  readonly thrown: readonly string[];
}

/** What was left out and kept, in turn. */
export interface Stretch {
  /** Lines left out before the kept ones. */
  readonly skippedLines: number;
  /** Records, each with a head of the layout at hand, that these lines were. */
  readonly skippedHeads: number;
  /** Lines kept. */
  readonly lines: number;
  /** Where the kept lines stand in the block: `[from, to)`. */
  readonly from: number;
  readonly to: number;
  /** Where those heads that were left out stand which print the smallest and the greatest time; -1 without any. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Why a run ended. */
export type Stop =
  | { readonly why: 'done' }
  /** There were too many stretches: take them and go on. */
  | { readonly why: 'full' }
  /** A head begins in an unknown way, at `[from, to)` of the block: say what it is and go on. */
  | { readonly why: 'ask'; readonly from: number; readonly to: number };

/** Sorts the lines of one log. Offsets are 0-based bytes of the block. */
export interface Sieve {
  /** Where the caller puts bytes; some more follow that may be read and mean nothing. */
  readonly block: Uint8Array;
  /** Starts afresh at a line of the block: all is kept up to the first head that is known to tell nothing. */
  readonly reset: (from: number) => void;
  /** Sorts the lines up to `to`, which must be the end of a line; each call goes on where the last one stopped. */
  readonly run: (to: number) => Stop;
  /** What the last run found. */
  readonly stretches: () => readonly Stretch[];
  /** The kept lines of the last run, one after the other; valid until the next one. */
  readonly kept: () => Uint8Array;
  /** Answers what was asked: whether a head that begins so is one of the layout at hand, whatever its message. */
  readonly learn: (isHead: boolean) => void;
  /** Forgets all answers, for a layout other than before. */
  readonly forget: () => void;
}

/** Bytes of a block. */
export const blockLength = 1 << 20;
/** Bytes behind a block that may be read. */
export const blockPadding = 64;
